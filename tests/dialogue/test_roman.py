import pytest

from bharatvoice.dialogue.roman import roman_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aaj", "aj"),
        ("shukriya", "sukria"),
        ("phir", "fir"),
        ("wala", "vala"),
        ("kaun", "kon"),
        ("khana", "kana"),
        ("hai", "he"),
        ("hain", "hai"),
        ("diwali", "दिवाली"),
        ("kab", "कब"),
        ("hai kab", "kab hai"),
    ],
)
def test_spellings_that_sound_alike_fold_alike(one: str, other: str) -> None:
    assert roman_key(one) == roman_key(other)


@pytest.mark.parametrize(("one", "other"), [("kab", "kal"), ("din", "dukan"), ("holi", "diwali"), ("ghatao", "jodo")])
def test_different_words_fold_differently(one: str, other: str) -> None:
    assert roman_key(one) != roman_key(other)
