"""The skill of festivals and holidays. What the calendar does not know is said not to be known."""

from datetime import date, timedelta

from bharatvoice.skills.calendar import FestivalDate, central_holidays, festival_dates, knows
from bharatvoice.skills.clock import day_of
from bharatvoice.skills.question import Question

_SATURDAY, _SUNDAY = 6, 7


def answer(question: Question) -> str:
    """The answer to festival.when, holiday.next, holiday.on or holiday.month."""
    asked = {"festival.when": _when, "holiday.next": _next, "holiday.on": _on, "holiday.month": _month}
    return asked[question.intent](question)


def _when(question: Question) -> str:
    festival = question.slots["festival"]
    name = question.replies.name("festival", festival)
    found = _occurrence(festival, question.slots.get("year"), question.now.date())
    if found is None:
        return question.say("festival.unknown", festival=name)
    is_past = found.day < question.now.date()
    key = "festival.was" if is_past else "festival.estimated" if found.is_estimated else "festival.when"
    return question.say(key, festival=name, date=question.full_date(found.day))


def _occurrence(festival: str, year: str | None, today: date) -> FestivalDate | None:
    """The date in this or next year where one is named, else the next date from today."""
    if year == "next":
        return next(iter(festival_dates(festival, today.year + 1)), None)
    this_year = festival_dates(festival, today.year)
    coming = [found for found in this_year if found.day >= today]
    if coming:
        return coming[0]
    if year == "this":
        return this_year[-1] if this_year else None
    return next(iter(festival_dates(festival, today.year + 1)), None)


def _next(question: Question) -> str:
    today, language = question.now.date(), question.replies.language
    for year in (today.year, today.year + 1):
        for day, names in central_holidays(year, language).items():
            if day > today:
                return question.say("holiday.next", holiday=", ".join(names), date=question.full_date(day))
    return question.say("holiday.unknown")


def _on(question: Question) -> str:
    day = _next_weekday(question) if "weekday" in question.slots else day_of(question)
    if not knows(day.year):
        return question.say("holiday.unknown")
    names = central_holidays(day.year, question.replies.language).get(day)
    if names:
        return question.say("holiday.on", date=question.full_date(day), holiday=", ".join(names))
    return question.say(_weekly(day), date=question.full_date(day))


def _weekly(day: date) -> str:
    if day.isoweekday() == _SUNDAY:
        return "holiday.sunday"
    is_second_or_fourth = (day.day - 1) // 7 in (1, 3)
    return "holiday.bank_saturday" if day.isoweekday() == _SATURDAY and is_second_or_fourth else "holiday.none_on"


def _next_weekday(question: Question) -> date:
    """The next day with that name, today included."""
    today = question.now.date()
    return today + timedelta(days=(int(question.slots["weekday"]) - today.isoweekday()) % 7)


def _month(question: Question) -> str:
    """The month asked for, of this year unless it is over."""
    today, month = question.now.date(), int(question.slots["month"])
    year = today.year + (month < today.month)
    if not knows(year):
        return question.say("holiday.unknown")
    of_year = central_holidays(year, question.replies.language)
    in_month = {day: names for day, names in of_year.items() if day.month == month}
    heading = f"{question.month(month)} {year}"
    if not in_month:
        return question.say("holiday.none_in_month", month=heading)
    items = [
        question.say("holiday.item", holiday=", ".join(names), day=f"{day.day} {question.month(month)}")
        for day, names in in_month.items()
    ]
    return question.say("holiday.month", month=heading, holidays=", ".join(items))
