"""Holidays and festivals of India by date, from the package `holidays`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import holidays

from bharatvoice.skills.phrasebook import read

FIRST_YEAR, LAST_YEAR = 2001, 2035
"""The years that the package knows; for others it has only the fixed dates."""
_ALL = ("public", "government", "optional")
_CENTRAL = ("public", "government")
_ESTIMATED = " (estimated)"
"""What the package appends to a date that depends on the moon being seen."""
_FESTIVALS: dict[str, dict[str, str | None]] = {
    key: {"name": row.get("name"), "state": row.get("state")} for key, row in read("festivals.yaml").items()
}


@dataclass(frozen=True, order=True)
class FestivalDate:
    """When a festival is."""

    day: date
    is_estimated: bool


def knows(year: int) -> bool:
    """Whether the holidays of a year are known here."""
    return FIRST_YEAR <= year <= LAST_YEAR


@cache
def festival_dates(festival: str, year: int) -> tuple[FestivalDate, ...]:
    """Dates of a festival, a key of `festivals.yaml`, in a year; none when they are not known."""
    name, state = _FESTIVALS[festival]["name"], _FESTIVALS[festival]["state"]
    if name is None or not knows(year):
        return ()
    found = (
        FestivalDate(day, is_estimated)
        for day, names in _year(year, "en_IN", _ALL, state).items()
        for is_estimated in (False, True)
        if name + _ESTIMATED * is_estimated in names
    )
    return tuple(sorted(found))


def central_holidays(year: int, language: str) -> Mapping[date, tuple[str, ...]]:
    """Names of the central government's holidays by date, in a language."""
    return _year(year, {"en": "en_IN"}.get(language, language), _CENTRAL, None) if knows(year) else {}


@cache
def _year(year: int, language: str, categories: tuple[str, ...], state: str | None) -> Mapping[date, tuple[str, ...]]:
    table = holidays.country_holidays("IN", subdiv=state, years=year, categories=categories, language=language)
    return {day: tuple(table.get_list(day)) for day in sorted(table)}
