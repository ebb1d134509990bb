"""The error tree: drawn as it is, each code its own."""

import inspect

from bharatvoice import errors
from bharatvoice.errors import BharatVoiceError, UnknownValue


def every_class() -> list[type[BharatVoiceError]]:
    return [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, BharatVoiceError)]


def test_the_tree_in_the_docstring_names_every_class() -> None:
    drawing = errors.__doc__ or ""
    assert [c.__name__ for c in every_class() if c.__name__ not in drawing] == []


def test_every_class_has_its_own_code_or_its_parents() -> None:
    codes: dict[str, type[BharatVoiceError]] = {}
    for one in every_class():
        other = codes.setdefault(one.code, one)
        assert issubclass(one, other) or issubclass(other, one)


def test_an_unknown_value_lists_what_is_known_and_quotes_little_of_what_is_not() -> None:
    error = UnknownValue.of("format", "x" * 5000, ["wav", "mp3"], param="response_format")
    assert error.code == "unknown_format"
    assert error.param == "response_format"
    assert "mp3, wav" in error.message
    assert len(error.message) < 200
