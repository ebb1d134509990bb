from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bharatvoice.languages import languages
from bharatvoice.skills.answering import Assistant
from starter.grammar import load
from tests.skills.conftest import NOW

NEGATIVES = yaml.safe_load((Path(__file__).parent.parent / "dialogue" / "negatives.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("preferred", [None, *languages()])
def test_ordinary_sentences_are_not_taken_for_requests(assistant: Assistant, preferred: str | None) -> None:
    assert len(NEGATIVES) >= 40
    answers = {text: assistant.answer(text, now=NOW, language=preferred) for text in NEGATIVES}
    assert not {text: answer.intent for text, answer in answers.items() if answer.is_understood}


@pytest.mark.parametrize("language", languages())
def test_sentences_out_of_the_starter_grammar_are_not_taken_for_requests(assistant: Assistant, language: str) -> None:
    said = load("out_of_grammar")[language]
    assert not [text for text in said if assistant.answer(text, now=NOW, language=language).is_understood]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("heard", "key"), [(False, "not_heard"), (True, "not_understood")])
def test_silence_and_unclear_speech_are_answered_politely_in_the_callers_language(
    assistant: Assistant, language: str, heard: bool, key: str
) -> None:
    found = assistant.answer("  ", now=NOW, language=language, heard=heard)
    assert (found.language, found.intent, found.slots, found.is_understood) == (language, None, {}, False)
    assert found.text == assistant.replies[language].say(key)


@pytest.mark.parametrize("language", languages())
def test_the_text_of_silence_is_ignored(assistant: Assistant, language: str) -> None:
    assert assistant.answer("what time is it", now=NOW, language=language, heard=False).intent is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("मणि कथम्", "ta", "hi"),
        ("what time is it", "hi", "en"),
        ("time kya hua hai", "en", "hi"),
        ("आता किती वाजले", "hi", "mr"),
        ("दिवाली कब है", "mr", "hi"),
        ("thank you", "hi", "hi"),
        ("மணி என்ன", "en", "ta"),
    ],
)
def test_the_text_decides_the_language_before_the_caller_does(
    assistant: Assistant, text: str, language: str, expected: str
) -> None:
    assert assistant.answer(text, now=NOW, language=language).language == expected


def test_roman_hindi_is_answered_in_devanagari(assistant: Assistant) -> None:
    assert assistant.answer("aj konsa din he", now=NOW).text == "आज सोमवार, 23 नवंबर 2026 है।"


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (0, "12:05 at night"),
        (4, "4:05 in the early morning"),
        (6, "6:05 in the morning"),
        (12, "12:05 in the afternoon"),
        (16, "4:05 in the evening"),
        (23, "11:05 at night"),
    ],
)
def test_the_time_is_spoken_on_a_twelve_hour_clock_with_its_part_of_the_day(
    assistant: Assistant, hour: int, expected: str
) -> None:
    answer = assistant.answer("what time is it", now=NOW.replace(hour=hour, minute=5))
    assert answer.text == f"It is {expected}."


def test_the_clock_is_the_assistants_and_a_city_is_in_india() -> None:
    london = Assistant.load("Europe/London")
    assert london.answer("what time is it", now=NOW).text == "It is 5:00 in the early morning."
    assert "10:30 in the morning" in london.answer("what time is it in pune", now=NOW).text


def test_tomorrow_is_tomorrow_where_the_person_is(assistant: Assistant) -> None:
    late_utc = datetime(2026, 11, 23, 20, 0, tzinfo=ZoneInfo("UTC"))
    assert "24 November 2026" in assistant.answer("what is the date today", now=late_utc).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what day is 29 february", "29 February 2028 is a Tuesday."),
        ("what day is 29 february 2027", "There is no such date."),
        ("what day is 1 march 99999999999", "There is no such date."),
        ("what day is 23 november", "23 November 2026 is a Monday."),
    ],
)
def test_a_date_without_a_year_is_the_next_one(assistant: Assistant, text: str, expected: str) -> None:
    assert assistant.answer(text, now=NOW).text == expected


@given(st.text(st.characters(), max_size=60), st.sampled_from([None, *languages()]))
def test_no_text_breaks_the_assistant(assistant: Assistant, text: str, language: str | None) -> None:
    answer = assistant.answer("\ud800\x07" + text, now=NOW, language=language)
    assert answer.text.encode("utf-8")
