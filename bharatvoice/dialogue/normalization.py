"""One form for the many ways of writing the same words. For comparing only: what people see is never changed by it."""

import unicodedata
from functools import cache

import regex

_SIGNS = {"+": "plus", "×": "times", "*": "times", "÷": "by", "/": "by", "%": "percent", "−": "minus"}
"""Signs of sums as the words that phrases use for them."""

_SPACED_SIGN = regex.compile("[" + regex.escape("".join(_SIGNS)) + "]")
_MINUS_SIGN = regex.compile(r"(?<=\d\s*)[-\u2212\u2013]\s*(?=\d)|(?<!\S)[-\u2212\u2013](?=\s)")
_INVISIBLE = regex.compile(r"[\p{Cf}]")
_UNUSABLE = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}]")
_APOSTROPHE = regex.compile(r"(?<=\p{L}\p{M}*)['\u2018\u2019\u02bc`](?=\p{L})")
_POINT_IN_NUMBER = regex.compile(r"(?<=\d)\.(?=\d)")
_NEGATION = regex.compile(r"(?<![^\s(])-(?=\d)")
_NO_WORD = regex.compile(r"[^\p{L}\p{M}\p{N}\s]+")
_NUKTA = regex.compile("[\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc]")

_INDIC_BLOCKS = (0x0900, 0x0980, 0x0C00)
"""Devanagari, Bengali and Telugu: laid out alike, and written with an anusvara for a half nasal."""
_CHANDRABINDU, _ANUSVARA, _VIRAMA = 0x01, 0x02, 0x4D
_NASAL_CLASSES = {0x19: (0x15, 0x18), 0x1E: (0x1A, 0x1D), 0x23: (0x1F, 0x22), 0x28: (0x24, 0x27), 0x2E: (0x2A, 0x2D)}
"""Each nasal with the first and last stop of its class, as offsets in the block."""


def clean(text: str) -> str:
    """NFC, with control characters, lone surrogates and unassigned code points as spaces. Keeps joiners."""
    return " ".join(unicodedata.normalize("NFC", _UNUSABLE.sub(" ", text)).split())


def fold_letters(text: str) -> str:
    """Letters in their matching form: NFC, casefold, ASCII digits, no joiners, nukta or apostrophes, one nasal sign.

    Punctuation stays, so that templates can be folded too.
    """
    folded = unicodedata.normalize("NFD", _INVISIBLE.sub("", _APOSTROPHE.sub("", clean(text)))).casefold()
    folded = unicodedata.normalize("NFC", _NUKTA.sub("", folded))
    for block in _INDIC_BLOCKS:
        folded = folded.replace(chr(block + _CHANDRABINDU), chr(block + _ANUSVARA))
        folded = _half_nasal(block).sub(chr(block + _ANUSVARA), folded)
    return "".join(_ascii_digit(character) for character in folded)


def name_signs(text: str) -> str:
    """`5+7` as `5 plus 7`. Needs ASCII digits; a minus right before a number at the start of a word stays."""
    named = _MINUS_SIGN.sub(" minus ", text)
    return _SPACED_SIGN.sub(lambda sign: f" {_SIGNS[sign.group()]} ", named)


def strip_punctuation(text: str) -> str:
    """Words and numbers with single spaces between. Decimal points and the sign of a number stay."""
    kept = _POINT_IN_NUMBER.sub("\ue000", _NEGATION.sub("\ue001", text))
    bare = regex.sub(r"[^\p{L}\p{M}\p{N}\s\ue000\ue001]+", " ", kept)
    return " ".join(bare.replace("\ue000", ".").replace("\ue001", "-").split())


def matching_key(text: str) -> str:
    """The form in which two spellings of the same words are equal. `matching_key(matching_key(x))` is the same."""
    return " ".join(_NO_WORD.sub(" ", fold_letters(text)).split())


@cache
def _half_nasal(block: int) -> "regex.Pattern[str]":
    pairs = (
        f"{chr(block + nasal)}{chr(block + _VIRAMA)}(?=[{chr(block + first)}-{chr(block + last)}])"
        for nasal, (first, last) in _NASAL_CLASSES.items()
    )
    return regex.compile("|".join(pairs))


def _ascii_digit(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
