"""The language table is whole, and every code that callers send finds its row."""

import re
import unicodedata

import pytest

from bharatvoice.errors import UnknownValue
from bharatvoice.languages import find_language, languages


@pytest.mark.parametrize(
    ("code", "found"),
    [("hi", "hi"), ("HI-in", "hi"), ("hi_IN", "hi"), ("hin_Deva", "hi"), ("Hindi", "hi"), ("hinglish", "hi"),
     ("en-US", "en"), (" ta ", "ta"), ("bangla", "bn"), ("mar", "mr")],
)  # fmt: skip
def test_codes_and_aliases_find_their_language(code: str, found: str) -> None:
    assert find_language(code).code == found


@pytest.mark.parametrize("code", ["", "xx", "klingon", "h" * 10_000, "\ud800"])
def test_an_unknown_code_is_refused_with_the_known_ones(code: str) -> None:
    with pytest.raises(UnknownValue, match="en, hi") as refusal:
        find_language(code)
    assert refusal.value.code == "unknown_language"
    assert len(refusal.value.message) < 300


def test_no_two_languages_share_an_alias() -> None:
    claimed = [alias.lower() for row in languages().values() for alias in (row.code, row.name, *row.aliases)]
    named_twice = {alias for alias in claimed if claimed.count(alias) > 1}
    assert named_twice <= {row.name.lower() for row in languages().values()}


def test_every_row_is_in_its_own_script_with_its_own_zero() -> None:
    names = {"Deva": "DEVANAGARI", "Taml": "TAMIL", "Telu": "TELUGU", "Beng": "BENGALI", "Latn": "LATIN"}
    for row in languages().values():
        assert unicodedata.name(row.native[0]).startswith(names[row.script])
        assert unicodedata.decimal(row.zero) == 0
        assert unicodedata.normalize("NFC", row.native) == row.native
        assert re.fullmatch(r"[a-z]{2,3}", row.code)
