import pytest

from bharatvoice.dialogue.language_choice import candidates, choose
from bharatvoice.dialogue.script import scripts_of


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("what time is it", ["Latn"]),
        ("आज की date क्या है", ["Deva", "Latn"]),
        ("list में milk bread add करो", ["Deva", "Latn"]),
        ("மணி என்ன", ["Taml"]),
        ("సమయం ఎంత", ["Telu"]),
        ("কটা বাজে", ["Beng"]),
        ("5 + 7", []),
    ],
)
def test_latin_comes_last_because_english_words_stand_in_every_language(text: str, scripts: list[str]) -> None:
    assert scripts_of(text) == scripts


@pytest.mark.parametrize(
    ("text", "matching", "preferred", "expected"),
    [
        ("மணி என்ன", [], "hi", "ta"),
        ("సమయం ఎంత", [], None, "te"),
        ("কটা বাজে", [], "en", "bn"),
        ("दिवाळी कधी आहे", ["mr"], "hi", "mr"),
        ("दिवाली कब है", ["hi"], "mr", "hi"),
        ("आज हवामान कसे आहे", [], None, "mr"),
        ("आज मौसम कैसा है", [], None, "hi"),
        ("आज मौसम कैसा है", [], "mr", "hi"),
        ("नमस्कार", ["hi", "mr"], "mr", "mr"),
        ("नमस्कार", ["hi", "mr"], None, "hi"),
        ("diwali kab hai", ["hi"], "en", "hi"),
        ("when is diwali", ["en"], "hi", "en"),
        ("mera bhai kab aayega", [], "en", "hi"),
        ("where is my brother", [], "hi", "en"),
        ("thank you", ["en", "hi"], "hi", "hi"),
        ("thank you", ["en", "hi"], "ta", "en"),
        ("vanakkam", [], "ta", "ta"),
        ("vanakkam", [], None, "en"),
        ("5", [], "bn", "bn"),
        ("", [], None, "en"),
        ("?!", [], "te", "te"),
    ],
)
def test_script_decides_then_phrases_then_small_words_then_the_caller(
    text: str, matching: list[str], preferred: str | None, expected: str
) -> None:
    assert choose(text, matching, preferred) == expected


def test_a_text_without_letters_is_looked_up_in_the_callers_language() -> None:
    assert candidates("5 + 7", "ta") == ["ta"]
    assert candidates("5 + 7") == ["en"]


def test_a_mixed_sentence_may_be_in_the_language_of_either_script() -> None:
    assert candidates("time क्या हुआ है") == ["hi", "mr", "en"]
