import unicodedata

import pytest

from bharatvoice.voice.roman_hindi import devanagari, looks_hindi, spell


@pytest.mark.parametrize(
    "sentence", ["mujhe kal subah jagao", "aapka order kab aayega", "Namaste", "kya train time par hai", "namaste ji"]
)
def test_hindi_in_latin_letters_is_recognized(sentence: str) -> None:
    assert looks_hindi(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The train is late",
        "to me",
        "is the main bus in use",
        "Abhishek Khan",
        "मुझे kal batao",
        "",
        "123",
        "Ram and Sita",
    ],
)
def test_english_and_other_scripts_stay(sentence: str) -> None:
    assert not looks_hindi(sentence)
    assert devanagari(sentence) == sentence


@pytest.mark.parametrize(
    ("roman", "written"),
    [
        ("chalenge", "चलेंगे"),
        ("jaunga", "जाऊंगा"),
        ("dhoop", "धूप"),
        ("khilegi", "खिलेगी"),
        ("aaiye", "आइये"),
        ("pyaaz", "प्याज़"),
    ],
)
def test_unknown_words_are_spelled_by_rule(roman: str, written: str) -> None:
    assert spell(roman) == unicodedata.normalize("NFC", written)


def test_each_sentence_is_judged_by_itself() -> None:
    assert devanagari("The bus is late. aaj mausam kaisa hai?") == "The bus is late. आज मौसम कैसा है?"
