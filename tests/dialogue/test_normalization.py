import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bharatvoice.dialogue.normalization import clean, fold_letters, matching_key, name_signs, strip_punctuation

ANY_TEXT = st.text(st.characters(), max_size=40)
INDIC_TEXT = st.text(
    st.characters(min_codepoint=0x0900, max_codepoint=0x0D7F) | st.sampled_from("\u200c\u200d 'a"), max_size=30
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("हिन्दी", "हिंदी"),
        ("पाँच", "पांच"),
        ("पाञ्च", "पांच"),
        ("ज़रा", "जरा"),
        ("\u0958लम", "कलम"),
        ("ব্যাঙ্ক", "ব্যাংক"),
        ("পাঁচ", "পাংচ"),
        ("హైదరాబాద్\u200cలో", "హైదరాబాద్లో"),
        ("संक्रान्ति", "संक्रांति"),
        ("१२३", "123"),
        ("௧௨", "12"),
        ("What's the DATE, today?", "whats the date today"),
        ("women\u2019s helpline", "womens helpline"),
        ("समय क्या है।", "समय क्या है"),
    ],
)
def test_two_spellings_of_the_same_words_have_one_key(one: str, other: str) -> None:
    assert matching_key(one) == matching_key(other)


@pytest.mark.parametrize(("one", "other"), [("दिन", "दीन"), ("कल", "काल"), ("பால்", "பல்"), ("मंदिर", "मदिर")])
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert matching_key(one) != matching_key(other)


@given(ANY_TEXT | INDIC_TEXT)
def test_a_key_is_its_own_key(text: str) -> None:
    assert matching_key(matching_key(text)) == matching_key(text)


@given(INDIC_TEXT)
def test_composition_makes_no_difference_to_the_key(text: str) -> None:
    assert matching_key(unicodedata.normalize("NFD", text)) == matching_key(unicodedata.normalize("NFC", text))


@given(ANY_TEXT)
def test_what_is_clean_can_be_encoded_and_has_no_control_characters(text: str) -> None:
    cleaned = clean("\ud800" + text + "\x00")
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not any(unicodedata.category(character) == "Cc" for character in cleaned)


def test_cleaning_keeps_joiners_that_people_see() -> None:
    assert clean("हैदराबाद तर्\u200dहा") == "हैदराबाद तर्\u200dहा"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5+7", "5 plus 7"),
        ("10 - 3", "10 minus 3"),
        ("10-3", "10 minus 3"),
        ("-5 × 2", "-5 times 2"),
        ("12*3=?", "12 times 3"),
        ("8÷2", "8 by 2"),
        ("18% GST", "18 percent gst"),
        ("1.5 + 2", "1.5 plus 2"),
    ],
)
def test_signs_of_sums_become_words(text: str, expected: str) -> None:
    assert strip_punctuation(name_signs(fold_letters(text))) == expected
