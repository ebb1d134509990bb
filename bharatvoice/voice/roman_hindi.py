"""Hindi typed in Latin letters, written in Devanagari so that the Hindi voice reads it as Hindi.

The Hindi voice reads Latin letters as English, so English words are left as they are. A sentence is taken for
Hindi when it has no other script and enough of its words are in the lexicon (`roman_hindi.yaml`) and in no English
dictionary. Then words of the lexicon are looked up, words with a Hindi ending or a letter pair that English lacks are
spelled by rule, and every other word stays. Rules and lexicon are small: an unknown word such as "parda" stays Latin.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex
import yaml

_SENTENCE = regex.compile(r"[^.!?।\n]+")
_WORD = regex.compile(r"(?<![\p{L}\p{M}\d-])[A-Za-z]+(?:'[A-Za-z]+)?(?![\p{L}\p{M}\d-])")
_FOREIGN = regex.compile(r"(?V1)[\p{L}--\p{Latin}]")
_ENOUGH = 0.3
_FEWEST = 2
_SHORT = 3
_VIRAMA = "\u094d"


@dataclass(frozen=True)
class Lexicon:
    """`words` are Hindi only; `shared` are written like an English word and prove nothing."""

    words: Mapping[str, str]
    shared: Mapping[str, str]
    english: frozenset[str]
    endings: tuple[str, ...]
    pairs: tuple[str, ...]
    consonants: Mapping[str, str]
    vowels: Mapping[str, tuple[str, str]]


@cache
def _lexicon() -> Lexicon:
    row = yaml.safe_load(files("bharatvoice.voice").joinpath("roman_hindi.yaml").read_text(encoding="utf-8"))
    vowels = {roman: (letter, sign or "") for roman, (letter, sign) in row["vowels"].items()}
    lists = {key: tuple(row[key]) for key in ("endings", "pairs")}
    return Lexicon(**{**row, **lists, "english": frozenset(row["english"]), "vowels": vowels})


def devanagari(text: str) -> str:
    """The text with its roman Hindi sentences in Devanagari. English sentences and words stay."""
    if not _WORD.search(text):
        return text
    return _SENTENCE.sub(lambda found: _transliterate(found[0]) if looks_hindi(found[0]) else found[0], text)


def looks_hindi(sentence: str) -> bool:
    """Whether a sentence in Latin letters is Hindi.

    At least one of its words is in the lexicon; and two are Hindi and 30 % may be, or all of up to three may be.
    """
    words = [word.lower() for word in _WORD.findall(sentence)]
    if _FOREIGN.search(sentence) or not any(word in _lexicon().words for word in words):
        return False
    hindi = sum(word in _lexicon().words or _has_hindi_ending(word) for word in words)
    plausible = hindi + sum(word in _lexicon().shared for word in words)
    is_short_hindi = plausible == len(words) <= _SHORT
    return is_short_hindi or (hindi >= _FEWEST and plausible >= _ENOUGH * len(words))


def _has_hindi_ending(word: str) -> bool:
    return word.endswith(_lexicon().endings) and word not in _lexicon().english


def _transliterate(sentence: str) -> str:
    return _WORD.sub(lambda word: _word(word[0]), sentence)


def _word(word: str) -> str:
    lexicon, lower = _lexicon(), word.lower()
    known = lexicon.words.get(lower) or lexicon.shared.get(lower)
    if known:
        return known
    is_hindi = _has_hindi_ending(lower) or (any(pair in lower for pair in lexicon.pairs) and not word.isupper())
    return spell(lower) if is_hindi and lower not in lexicon.english else word


def spell(word: str) -> str:
    """A roman Hindi word in Devanagari by rule: `samjhenge` -> समझेंगे."""
    lexicon, letters, place = _lexicon(), [""], 0
    word = regex.sub("au(?=ng[aei])", "aaoo", word)  # jaunga: the stem ends in a vowel, जा-ऊंगा
    while place < len(word):
        table = lexicon.consonants if word[place] not in "aeiou" else lexicon.vowels
        size = next((size for size in (3, 2, 1) if word[place : place + size] in table), 0)
        if size:
            letters.append(word[place : place + size])
        place += size or 1
    return unicodedata.normalize("NFC", "".join(_letter(letters, index) for index in range(1, len(letters))))


def _letter(letters: list[str], index: int) -> str:
    """One roman letter, by what stands before and after it."""
    lexicon, roman, before = _lexicon(), letters[index], letters[index - 1]
    after = letters[index + 1] if index + 1 < len(letters) else ""
    if roman in lexicon.vowels:
        letter, sign = lexicon.vowels[_at_end(roman) if not after else roman]
        return sign if before in lexicon.consonants else letter
    if roman in ("n", "m") and after in lexicon.consonants and before in lexicon.vowels and after[0] in "kgcjtdpb":
        return "ं"
    is_cluster = after == roman or (after in ("r", "y", "v", "w") and not before)
    return lexicon.consonants[roman] + (_VIRAMA if is_cluster else "")


def _at_end(vowel: str) -> str:
    """The last vowel of a word is long."""
    return {"a": "aa", "i": "ee", "u": "oo"}.get(vowel, vowel)
