from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from bharatvoice.skills.answering import Assistant
from bharatvoice.skills.question import grouped
from tests.skills.conftest import NOW


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0", "0"), ("-0.00001", "0"), ("999", "999"), ("1000", "1,000"), ("125000", "1,25,000"),
     ("10000000", "1,00,00,000"), ("-1234567.5", "-12,34,567.5"), ("0.33335", "0.3334"), ("2.50000", "2.5")],
)  # fmt: skip
def test_digits_are_grouped_as_in_india(value: str, expected: str) -> None:
    assert grouped(Decimal(value)) == expected


@given(st.integers(-(10**15), 10**15))
def test_grouping_is_that_of_the_locale_data(value: int) -> None:
    assert grouped(Decimal(value)) == format_decimal(value, locale="en_IN")


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_sums_are_exact(assistant: Assistant, first: int, second: int) -> None:
    for sign, result in (("+", first + second), ("*", first * second)):
        answer = assistant.answer(f"{first} {sign} {second}", now=NOW)
        assert answer.text.endswith(f" is {grouped(Decimal(result))}.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.1 + 0.2", "0.1 plus 0.2 is 0.3."),
        ("1 / 3", "1 divided by 3 is 0.3333."),
        ("0 / 0", "A number cannot be divided by zero."),
        ("999999999999999 * 999999999999999", "is 9,99,99,99,99,99,99,98,00,00,00,00,00,00,001."),
        ("9e9", "did not understand"),
        ("-5 * -3", "-5 times -3 is 15."),
    ],
)
def test_typed_sums_are_answered(assistant: Assistant, text: str, expected: str) -> None:
    assert expected in assistant.answer(text, now=NOW).text
