import pytest

from bharatvoice.dialogue.intents import LONGEST_UTTERANCE, PhraseMatcher, Phrases
from bharatvoice.errors import SettingsRejected

HINDI = Phrases(
    intents={
        "festival.when": ["{festival} कब है", "{festival} kab hai"],
        "take": ["{number:first} में से {number:second} घटाओ", "{number:first} mein se {number:second} ghatao"],
        "away": ["take {number:second} from {number:first}"],
        "give": ["<thing> का नंबर दो", "<thing> ka number do"],
        "divide": ["{number:first} को {number:second} से भाग दो"],
    },
    lists={"festival": {"holi": ["होली", "holi"], "diwali": ["दिवाली", "diwali"]}},
    words={"thing": ["पुलिस", "police"]},
)
matcher = PhraseMatcher("hi", [HINDI], is_tolerant=True)


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("दिवाली कब है?", "festival.when", {"festival": "diwali"}),
        ("दीवाली कब है", None, {}),
        ("साढ़े तीन सौ में से बीस घटाओ", "take", {"first": "350", "second": "20"}),
        ("१,२५,००० में से ०.५ घटाओ", "take", {"first": "125000", "second": "0.5"}),
        ("take 3 from 5", "away", {"first": "5", "second": "3"}),
        ("पुलिस का नंबर दो", "give", {}),
        ("दस को दो से भाग दो", "divide", {"first": "10", "second": "2"}),
        ("होली कब है और क्यों", None, {}),
        ("", None, {}),
    ],
)
def test_an_utterance_has_the_intent_of_its_template(text: str, intent: str | None, slots: dict[str, str]) -> None:
    match = matcher.match(text)
    assert (match.intent if match else None, match.slots if match else {}) == (intent, slots)


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("dipawali kab he", "festival.when", {"festival": "diwali"}),
        ("das me se teen ghatao", "take", {"first": "10", "second": "3"}),
        ("polis ka nambar do", "give", {}),
        ("goli kab hai", None, {}),
        ("shaadi kab hai", None, {}),
        ("diwali kahan hai", None, {}),
        ("das me se ghatao", None, {}),
    ],
)
def test_roman_hindi_is_matched_by_sound_but_no_other_word_fills_a_slot(
    text: str, intent: str | None, slots: dict[str, str]
) -> None:
    match = matcher.match_loosely(text)
    assert (match.intent if match else None, match.slots if match else {}) == (intent, slots)


def test_a_speech_is_no_command() -> None:
    assert matcher.match("होली कब है " * LONGEST_UTTERANCE) is None


@pytest.mark.parametrize("template", ["(open", "{nowhere} कब है"])
def test_a_template_that_cannot_be_read_stops_the_start(template: str) -> None:
    with pytest.raises(SettingsRejected, match="language hi"):
        PhraseMatcher("hi", [Phrases({"broken": [template]}, {}, {})])
