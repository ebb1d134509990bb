"""Abbreviations and acronyms, said in full or letter by letter."""

from functools import cache

import regex

from bharatvoice.voice.tables import Repairs


def say_abbreviations(text: str, repairs: Repairs) -> str:
    """Dr. -> Doctor, as the language's table has it."""
    return _abbreviation(repairs).sub(lambda found: f" {repairs.abbreviations[found[0]]} ", text)


def say_acronyms(text: str, repairs: Repairs) -> str:
    """UPI -> U-P-I, for the acronyms that a voice reads as a word."""
    return _acronym(repairs).sub(lambda found: "-".join(found[0]), text)


@cache
def _abbreviation(repairs: Repairs) -> regex.Pattern[str]:
    names = "|".join(map(regex.escape, sorted(repairs.abbreviations, key=len, reverse=True)))
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}.\u200c\u200d])(?:{names})(?<=\.|(?![\p{{L}}\p{{M}}\p{{N}}]))")


@cache
def _acronym(repairs: Repairs) -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}-])(?:{'|'.join(repairs.acronyms)})(?![\p{{L}}\p{{M}}-])")
