from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bharatvoice.skills.answering import Assistant
from bharatvoice.skills.calendar import FIRST_YEAR, LAST_YEAR, central_holidays, festival_dates
from bharatvoice.skills.phrasebook import read
from tests.skills.conftest import NOW

INDIA = ZoneInfo("Asia/Kolkata")
ROWS = read("festivals.yaml")


@pytest.mark.parametrize("festival", [key for key, row in ROWS.items() if "name" in row])
def test_every_festival_of_the_table_has_a_date_next_year(festival: str) -> None:
    assert festival_dates(festival, NOW.year + 1)


@pytest.mark.parametrize("festival", [key for key, row in ROWS.items() if "unknown" in row])
def test_what_the_calendar_does_not_know_has_no_date(festival: str) -> None:
    assert festival_dates(festival, NOW.year) == ()


def test_dates_are_those_of_2026() -> None:
    expected = {"diwali": date(2026, 11, 8), "holi": date(2026, 3, 4), "mahalaya": date(2026, 10, 10),
                "gudi_padwa": date(2026, 3, 19), "ayudha_puja": date(2026, 10, 19)}  # fmt: skip
    assert {festival: festival_dates(festival, 2026)[0].day for festival in expected} == expected


def test_outside_the_years_of_the_calendar_nothing_is_known() -> None:
    assert festival_dates("christmas", LAST_YEAR + 1) == ()
    assert not central_holidays(FIRST_YEAR - 1, "en")


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        (datetime(2035, 12, 26, tzinfo=INDIA), "when is diwali", "I do not know the date of Diwali."),
        (datetime(2035, 12, 26, tzinfo=INDIA), "when is the next holiday", "I do not know the holidays of that time."),
        (datetime(2035, 12, 31, tzinfo=INDIA), "is tomorrow a holiday", "I do not know the holidays of that time."),
        (
            datetime(2035, 12, 1, tzinfo=INDIA),
            "which holidays are in january",
            "I do not know the holidays of that time.",
        ),
        (datetime(2030, 1, 1, tzinfo=INDIA), "when is eid", "is expected on Tuesday, 5 February 2030"),
        (datetime(2026, 11, 8, tzinfo=INDIA), "when is diwali", "Diwali is on Sunday, 8 November 2026."),
        (
            datetime(2026, 7, 1, tzinfo=INDIA),
            "which holidays are in july",
            "no central government holiday in July 2026",
        ),
        (datetime(2026, 11, 17, tzinfo=INDIA), "is saturday a holiday", "is not a central government holiday"),
    ],
)
def test_answers_say_what_is_known_and_what_is_not(
    assistant: Assistant, now: datetime, text: str, expected: str
) -> None:
    assert expected in assistant.answer(text, now=now).text
