"""The skill of time and date."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bharatvoice.skills.question import Question

INDIA = ZoneInfo("Asia/Kolkata")
_DAYS = {"day_before_yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "day_after_tomorrow": 2}
_PARTS = ((4, "night"), (6, "early"), (12, "morning"), (16, "afternoon"), (20, "evening"), (24, "night"))
"""Parts of the day, each with the hour at which it ends."""
_YEARS_TO_TRY = 8
"""After which 29 February has come round again, even across a year like 2100."""


def answer(question: Question) -> str:
    """The answer to time.now, date.today or date.weekday."""
    return {"time.now": _time, "date.today": _date, "date.weekday": _weekday}[question.intent](question)


def day_of(question: Question) -> date:
    """The date that the slot `day` means; today without one."""
    return question.now.date() + timedelta(days=_DAYS[question.slots.get("day", "today")])


def _time(question: Question) -> str:
    in_city = "city" in question.slots
    now = question.now.astimezone(INDIA) if in_city else question.now
    part = next(part for end, part in _PARTS if now.hour < end)
    clock = f"{(now.hour - 1) % 12 + 1}:{now.minute:02d}"
    return question.say("time.in_india" if in_city else "time.now", time=question.say(f"time.{part}", clock=clock))


def _date(question: Question) -> str:
    return question.say(f"date.{question.slots.get('day', 'today')}", date=question.full_date(day_of(question)))


def _weekday(question: Question) -> str:
    day = _asked(question)
    if day is None:
        return question.say("date.impossible")
    plain_date = f"{day.day} {question.month(day.month)} {day.year}"
    return question.say("date.weekday", date=plain_date, weekday=question.weekday(day))


def _asked(question: Question) -> date | None:
    """The date asked for: of the year named, or else the next one from today."""
    today = question.now.date()
    year = question.slots.get("year")
    years = [year] if year else [str(today.year + ahead) for ahead in range(_YEARS_TO_TRY + 1)]
    for candidate in years:
        day = _parse(candidate, question.slots["month"], question.slots["date"])
        if day is not None and (year or day >= today):
            return day
    return None


def _parse(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None
