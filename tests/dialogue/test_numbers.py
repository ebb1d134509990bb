import unicodedata
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from indic_numtowords import num2words

from bharatvoice.dialogue.normalization import fold_letters, name_signs
from bharatvoice.dialogue.numbers import as_digits, find_numbers, plain
from bharatvoice.languages import languages

LAKHS = (10**5, 10**5 + 1, 250_000, 999_999, 12_34_567, 10**7, 3_45_67_890, 99_99_99_999)


def numbers_in(text: str, language: str) -> list[Decimal]:
    return [span.value for span in find_numbers(name_signs(fold_letters(text)), language)]


@pytest.mark.parametrize("language", languages())
def test_every_number_up_to_9999_is_read_back_from_its_words(language: str) -> None:
    wrong = {
        number: numbers_in(num2words(number, lang=language), language)
        for number in (*range(10_000), *LAKHS)
        if numbers_in(num2words(number, lang=language), language) != [number]
    }
    assert not wrong


@pytest.mark.parametrize("language", [code for code, language in languages().items() if language.zero != "0"])
def test_digits_of_each_script_are_digits(language: str) -> None:
    zero = ord(languages()[language].zero)
    native = "".join(chr(zero + digit) for digit in (4, 0, 7))
    assert unicodedata.decimal(native[0]) == 4
    assert numbers_in(native, language) == [407]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("hi", "सवा लाख में ५ जोड़ो", "125000 में 5 जोडो"),
        ("hi", "साढ़े तीन सौ", "350"),
        ("hi", "डेढ़ सौ", "150"),
        ("bn", "সাড়ে তিনশো", "350"),
        ("mr", "साडे तीनशे", "350"),
        ("hi", "ढाई हज़ार", "2500"),
        ("hi", "पौने दो", "1.75"),
        ("hi", "सवा पाँच सौ", "525"),
        ("hi", "सवा सौ", "125"),
        ("hi", "do sau pachas", "250"),
        ("hi", "2 लाख 50 हज़ार 20", "250020"),
        ("hi", "दो दशमलव पाँच", "2.5"),
        ("hi", "twenty प्रतिशत", "20 प्रतिशत"),
        ("mr", "साडेतीन हजार आणि पावणेचार", "3500 आणि 3.75"),
        ("mr", "एकशे पाच", "105"),
        ("bn", "দেড় হাজার", "1500"),
        ("bn", "পাঁচশ কুড়ি", "520"),
        ("ta", "இருநூற்று ஐம்பது", "250"),
        ("ta", "ரெண்டாயிரம்", "2000"),
        ("te", "నూట ఇరవై", "120"),
        ("te", "రెండు వందల యాభై", "250"),
        ("en", "1,25,000+7", "125000 plus 7"),
        ("en", "twenty-one", "21"),
        ("en", "the 5th of march", "the 5 of march"),
        ("en", "twelve hundred", "1200"),
        ("en", "two lakh crore", "2000000000000"),
        ("en", "two point five and -3", "2.5 and -3"),
        ("en", "one two three", "1 2 3"),
        ("en", "add one hundred and five and seven", "add 105 and 7"),
        ("en", "add one hundred and five hundred and two", "add 100 and 502"),
        ("en", "hundred hundred", "100 100"),
    ],
)
def test_a_sentence_gets_its_numbers_in_digits(language: str, text: str, expected: str) -> None:
    assert as_digits(text, language).split() == expected.split()


def test_a_fraction_that_nothing_follows_is_no_number() -> None:
    assert numbers_in("सवा पुलिस", "hi") == []


def test_spans_say_where_the_numbers_stand() -> None:
    text = "what is two hundred and five plus 7"
    assert [text[span.start : span.end] for span in find_numbers(text, "en")] == ["two hundred and five", "7"]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_plain_digits_are_the_same_number(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
    assert "E" not in plain(value)


@given(st.lists(st.sampled_from(["एक", "सौ", "लाख", "सवा", "two", "point", "and", "-", "5,.", "-3", "(", "hundred"])))
def test_no_sentence_breaks_the_reading(words: list[str]) -> None:
    spans = find_numbers(fold_letters(" ".join(words)), "hi")
    assert all(before.end <= after.start for before, after in pairwise(spans))
