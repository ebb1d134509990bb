"""Dates and times of day, as they are said."""

from datetime import date
from functools import cache

import regex

from bharatvoice.voice.tables import Repairs

_ISO = regex.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d|-\d)(?:[Tt](?=\d\d:))?")
_DAY_FIRST = regex.compile(
    r"(?<![\d./-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)(?![\d/-]|\.\d)"
)
_CENTURY = 2000
_HALF_DAY = regex.compile(r"(?i)(?<=\d)\s*([ap])(?:m\b|\.m\.)")
_TIME = r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-3])"


def say_dates(text: str, repairs: Repairs) -> str:
    """25/12/2026, 25-12-2026, 25.12.26 and 2026-12-25 with the name of the month. The day comes first, as in India."""
    for pattern in (_ISO, _DAY_FIRST):
        text = pattern.sub(lambda found: _date(found, repairs), text)
    return text


def _date(found: regex.Match[str], repairs: Repairs) -> str:
    year = int(found["year"]) + (_CENTURY if len(found["year"]) == 2 else 0)
    try:
        day = date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return found[0]
    return f"{day.day} {repairs.months[day.month - 1]} {day.year} ".rstrip() + (" " if found[0][-1] in "Tt" else "")


def say_times(text: str, repairs: Repairs) -> str:
    """10:30, 10:30:00, 10:30 AM; with a full stop only where the word after it says that it is a time."""
    text = _HALF_DAY.sub(lambda found: f" {found[1].upper()}M", text)
    return _time(repairs).sub(lambda found: _time_of_day(found, repairs), text)


def _time_of_day(found: regex.Match[str], repairs: Repairs) -> str:
    hour, minute = int(found["hour"]), int(found["minute"])
    said = {"hour": hour, "minute": minute}
    if half := found["half"]:
        return f"{hour} {minute} {half}" if minute else f"{hour} {half}"
    if word := found["at"]:
        return repairs.clock.at[word].format(**said) if minute else f"{hour} {word}"
    few = repairs.clock.few if minute < 10 else None
    return ((few or repairs.clock.minute) if minute else repairs.clock.hour).format(**said)


@cache
def _time(repairs: Repairs) -> regex.Pattern[str]:
    at = "|".join(map(regex.escape, sorted(repairs.clock.at, key=len, reverse=True)))
    word = rf"(?:\s*(?P<half>[AP]M)\b|\s*(?P<at>{at})(?![\p{{L}}\p{{M}}]))"
    seconds = r"(?::[0-5]\d(?:\.\d+)?)?(?:Z\b|[+-]\d\d:?\d\d)?"
    minutes = rf"(?P<minute>[0-5]\d){seconds}(?![\d:]|\.\d)"
    return regex.compile(rf"{_TIME}(?::{minutes}{word}?|\.{minutes}{word})")
