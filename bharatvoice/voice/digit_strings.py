"""Numbers that are not amounts: said digit by digit.

A number is said digit by digit when it is
  - international: begins with +, as in +91 98765 43210;
  - in groups joined by hyphens with seven digits or more, or in three or more single digits: 1800-180-1551, 1-1-2
    (1990-2000 stays a range);
  - grouped by spaces as telephone and Aadhaar numbers are: 98765 43210, 1800 180 1551, 1234 5678 9012;
  - a mobile number: ten digits, the first 6 to 9; or eleven digits or more;
  - three digits or more after a zero, as in 0124;
  - three digits or more beside a word that asks for it (number_words and number_phrases of the language's table),
    as in "dial 112".
"""

from functools import cache

import regex

from bharatvoice.voice.tables import Repairs

_START = r"(?<![\d.,/:+₹])"
_END = r"(?![\d/:]|[.,-]\d)"
_HYPHENATED = regex.compile(_START + r"(?<!-)\d+(?:[-‐‑–]\d+)+" + _END)
_INTERNATIONAL = regex.compile(r"\+\d{1,3}[ -]?\d(?:[ -]?\d){5,13}" + _END)
_GROUPED = regex.compile(_START + r"(?:1[89]00[ -]\d{3}[ -]?\d{3,4}|[6-9]\d{4} \d{5}|\d{4} \d{4} \d{4})" + _END)
_PLAIN = regex.compile(_START + r"(?:[6-9]\d{9}|\d{11,}|0\d{2,})" + _END)
_RANGE_DIGITS = 4
_SHORTEST_HYPHENATED = 7


def say_digit_strings(text: str, repairs: Repairs) -> str:
    """Every such number of the text as its digits, with a pause between its groups."""
    text = _INTERNATIONAL.sub(lambda found: f" {repairs.plus} " + spell(found[0][1:]), text)
    text = _HYPHENATED.sub(lambda found: spell(found[0]) if _is_spelled(found[0]) else found[0], text)
    text = _PLAIN.sub(lambda found: spell(found[0]), _GROUPED.sub(lambda found: spell(found[0]), text))
    return _asked_for(repairs).sub(lambda found: spell(found[0]), text)


def spell(number: str) -> str:
    """`98765 43210` -> `9 8 7 6 5, 4 3 2 1 0`: commas are short pauses."""
    groups = regex.findall(r"\d+", number)
    pieces = [piece for group in groups for piece in _pieces(group)]
    if all(len(piece) == 1 for piece in pieces):
        return " ".join(pieces)
    return ", ".join(" ".join(piece) for piece in pieces)


def _pieces(digits: str) -> list[str]:
    """Long strings are said in fives if they are mobile numbers, otherwise in fours."""
    size = {10: 5}.get(len(digits), 4) if len(digits) > 7 else 7
    return [digits[start : start + size] for start in range(0, len(digits), size)]


def _is_spelled(hyphenated: str) -> bool:
    groups = regex.findall(r"\d+", hyphenated)
    if len(groups) == 2 and all(len(group) <= _RANGE_DIGITS and group[0] != "0" for group in groups):
        return int(groups[0]) >= int(groups[1]) and sum(map(len, groups)) >= _SHORTEST_HYPHENATED
    return sum(map(len, groups)) >= _SHORTEST_HYPHENATED or (len(groups) > 2 and max(map(len, groups)) == 1)


@cache
def _asked_for(repairs: Repairs) -> regex.Pattern[str]:
    """Matches the digits alone, with the words of the table before or after them."""
    words = "|".join(map(regex.escape, sorted(repairs.number_words, key=len, reverse=True)))
    links = "|".join(map(regex.escape, sorted(repairs.number_links, key=len, reverse=True)))
    before = rf"(?<![\p{{L}}\p{{M}}])(?:{words})(?:\s*(?:{links}))?[\s:]*"
    phrases = "|".join(map(regex.escape, repairs.number_phrases))
    after = rf"|{_START}\d{{3,}}(?=-?\s*(?:{phrases}))" if phrases else ""
    return regex.compile(rf"(?i){before}\K\d{{3,}}{_END}{after}")
