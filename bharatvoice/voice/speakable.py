"""Makes a reply speakable: what people write and a voice misreads becomes what people say.

The voices of espeak-ng read telephone numbers as billions, drop the minus of -5, name emoji and stop after "Dr.".
Each repair is a small module beside this one; the words of each language are in `repairs/<language>.yaml`.
"""

import regex

from bharatvoice.voice.abbreviations import say_abbreviations, say_acronyms
from bharatvoice.voice.amounts import say_money, say_numbers, say_units, ungroup
from bharatvoice.voice.cleaning import clean, squeeze
from bharatvoice.voice.dates_and_times import say_dates, say_times
from bharatvoice.voice.digit_strings import say_digit_strings
from bharatvoice.voice.roman_hindi import devanagari
from bharatvoice.voice.tables import Repairs, repairs_for

LONGEST = 12_000
"""Characters of speakable text, about a quarter of an hour of speech. The rest of a longer text is not said."""
_PASSES = 6
_LEADING = regex.compile(r"^[\s\-‐‑‒–—,;:/]+")


def make_speakable(text: str, language: str) -> str:
    """`text` as a voice of `language` should read it; made again, it stays the same.

    Never begins with `-`, which a program could take for an option. The result is in NFC, but for Bengali and
    Assamese letters that the voice reads only when they are precomposed. Raises UnknownValue for a language
    without a table of repairs.
    """
    repairs = repairs_for(language)
    text = _shorten(text)
    for _ in range(_PASSES):
        before, text = text, _shorten(_repair(text, repairs))
        if text == before:
            break
    return text


def _repair(text: str, repairs: Repairs) -> str:
    text = clean(text)
    text = devanagari(text) if repairs.roman else text
    text = _replace(text, repairs.patterns)
    text = say_abbreviations(say_money(text, repairs), repairs)
    text = say_times(say_dates(text, repairs), repairs)
    text = say_acronyms(say_digit_strings(text, repairs), repairs)
    text = say_numbers(say_units(ungroup(text), repairs), repairs)
    text = _replace(regex.sub(r"\s*/\s*", " ", text), repairs.letters)
    return _LEADING.sub("", squeeze(_own_digits(text, repairs.zero)))


def _replace(text: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, replacement in rules:
        text = regex.sub(pattern, replacement, text)
    return text


def _own_digits(text: str, zero: str) -> str:
    return text.translate({ord("0") + value: chr(ord(zero) + value) for value in range(10)})


def _shorten(text: str) -> str:
    """Cut at the last space within LONGEST, never inside a letter."""
    if len(text) <= LONGEST:
        return text
    head = text[:LONGEST]
    if " " in head:
        return head.rpartition(" ")[0].rstrip()
    return "".join(regex.findall(r"\X", head)[:-1])
