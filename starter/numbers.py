"""Number words for the open slots of the grammar, from indic-numtowords."""

import random
import unicodedata
from collections.abc import Callable
from functools import cache

from indic_numtowords import num2words

RESPELLED = {"-": " ", "\u200c": "", "\u200d": "", "छः": "छह"}
"""No hyphens and no joiners, so that a word is a run of letters; छह as it is taught today."""


@cache
def words(number: int, language: str) -> str:
    """A number as it is spoken."""
    spoken = unicodedata.normalize("NFC", num2words(number, lang=language).lower())
    for written, wanted in RESPELLED.items():
        spoken = spoken.replace(written, wanted)
    return spoken.replace("ज\u093c", "ज") if language == "mr" else spoken


def number(language: str, chance: random.Random) -> str:
    """0 to 9999, small ones and round ones more often, as people say them."""
    kind = chance.random()
    if kind < 0.6:
        return words(chance.randint(0, 99), language)
    if kind < 0.75:
        return words(chance.randint(1, 19) * 100 if chance.random() < 0.6 else chance.randint(1, 9) * 1000, language)
    if kind < 0.95:
        return words(chance.randint(101, 999), language)
    return words(chance.randint(1001, 9999), language)


def between(low: int, high: int, step: int = 1) -> Callable[[str, random.Random], str]:
    return lambda language, chance: words(chance.randrange(low, high + 1, step), language)


def digits(language: str, chance: random.Random) -> str:
    """Four to six digits, one by one."""
    return " ".join(words(chance.randint(0, 9), language) for _ in range(chance.randint(4, 6)))


SLOTS: dict[str, Callable[[str, random.Random], str]] = {
    "number": number,
    "small": between(1, 20),
    "minute": between(5, 59),
    "hour": between(1, 12),
    "percent": between(1, 100),
    "round": between(100, 5000, 50),
    "digits": digits,
    "ordinal": between(1, 31),
}
"""Slots whose values are generated, each from (language, chance)."""
