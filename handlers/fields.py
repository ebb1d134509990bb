"""Values that callers send, from a form, a query or a JSON object, checked one by one. All raise BadInput."""

import json
import math
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sanic import Request

from bharatvoice.errors import BadInput, TextRejected, UnknownValue

MOST_JSON_BYTES = 1024 * 1024
"""Far above the longest text accepted, even with every letter escaped."""


@dataclass(frozen=True)
class Fields:
    """Values by name; of a name given several times, the last counts."""

    values: Mapping[str, list[object]]

    def option(self, name: str) -> str | None:
        """A short text; None when absent, null or blank."""
        value = (self.values.get(name) or [None])[-1]
        if value is None:
            return None
        return _unicode(value, name).strip() or None

    def options(self, name: str) -> list[str]:
        """Every value of `name[]` and `name`."""
        given = (*self.values.get(f"{name}[]", ()), *self.values.get(name, ()))
        flat = [value for each in given for value in (each if isinstance(each, list) else [each])]
        return [text for value in flat if value is not None and (text := _unicode(value, name).strip())]

    def choice(self, name: str, known: Collection[str], *, what: str, default: str) -> str:
        """One of the known values; `what` is their noun."""
        return one_of(self.option(name) or default, known, what=what, param=name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or false, in JSON or in words."""
        value = (self.values.get(name) or [None])[-1]
        flags = {None: default, True: True, False: False, "true": True, "false": False}
        if not (value is None or isinstance(value, bool | str)) or value not in flags:
            raise BadInput(f"{name} must be true or false.", param=name)
        return flags[value]

    def number(self, name: str, low: float, high: float, *, default: float) -> float:
        """A finite number from low to high."""
        value = (self.values.get(name) or [None])[-1]
        if value is None:
            return default
        try:
            number = math.nan if isinstance(value, bool) else float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not low <= number <= high:
            raise BadInput(f"{name} must be a number from {low:g} to {high:g}.", code="out_of_range", param=name)
        return number

    def speakable(self, name: str, limit: int) -> str:
        """The text to answer or to speak, in NFC, without control characters. Raises TextRejected."""
        value = (self.values.get(name) or [""])[-1] or ""
        if isinstance(value, str) and len(value) > limit:  # before anything looks at every letter
            raise TextRejected(
                f"{name} has {len(value)} characters; send at most {limit}.", code="text_too_long", param=name
            )
        text = _unicode(value, name)
        clean = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
        clean = unicodedata.normalize("NFC", clean).strip()
        if not any(unicodedata.category(letter)[0] not in "CZ" for letter in clean):
            raise TextRejected(f"{name} is empty. Send some text.", code="text_empty", param=name)
        return clean


def read_json(request: Request[Any, Any]) -> Fields:
    """The JSON object in the body of a request."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    one_of(given, ("application/json",), what="content_type", param="content-type")
    if len(request.body) > MOST_JSON_BYTES:
        raise TextRejected(f"The body is too long; send at most {MOST_JSON_BYTES} bytes.", code="text_too_long")
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        raise BadInput("The body is not valid JSON.", code="invalid_json") from None
    if not isinstance(found, dict):
        raise BadInput('The body must be a JSON object, as in {"text": "..."}.', code="invalid_json")
    return Fields({name: [value] for name, value in found.items()})


def one_of(value: str, known: Iterable[str], *, what: str, param: str) -> str:
    """The value, if it is known. Raises UnknownValue, which lists what is."""
    if value not in known:
        raise UnknownValue.of(what, value, known, param=param)
    return value


def _unicode(value: object, name: str) -> str:
    """The value as text that can be written in UTF-8; half a surrogate pair cannot."""
    if not isinstance(value, str):
        raise BadInput(f"{name} must be text.", param=name)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise TextRejected(f"{name} holds half a surrogate pair, which is no character.", param=name) from None
    return value
