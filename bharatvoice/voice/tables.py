"""The tables of repairs, one YAML file per language; `repairs/common.yaml` explains the fields and is shared by all."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bharatvoice.errors import UnknownValue

COMMON = "common"

Words = tuple[str, str]
"""How one thing is named, and how several are; or a pattern and its replacement."""


@dataclass(frozen=True)
class Clock:
    """Templates for a time of day; they hold `{hour}` and `{minute}`."""

    hour: str
    minute: str
    few: str | None = None
    at: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Repairs:
    """The table of one language; the fields are explained at the top of `repairs/common.yaml`."""

    minus: str
    plus: str
    to: str
    per: str
    over: str
    crore: str
    rupee: Words
    paisa: Words
    clock: Clock
    months: tuple[str, ...]
    units: Mapping[str, Words]
    lakh: str | None = None
    zero: str = "0"
    roman: bool = False
    mixed: str = "{whole} {fraction}"
    fractions: Mapping[str, str] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[Words, ...] = ()
    letters: tuple[Words, ...] = ()
    acronyms: tuple[str, ...] = ()
    rupee_signs: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    number_words: tuple[str, ...] = ()
    number_links: tuple[str, ...] = ()
    number_phrases: tuple[str, ...] = ()


def _pair(value: str | list[str]) -> Words:
    return (value, value) if isinstance(value, str) else (value[0], value[1])


def _load(name: str) -> dict[str, Any]:
    """The words of a table are compared with text in NFC, so they are in NFC too; escapes stay what they say."""
    content = files("bharatvoice.voice").joinpath("repairs", f"{name}.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(unicodedata.normalize("NFC", content)))


def _merge(common: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Lists are joined, mappings are united, and of plain values the language's own wins."""
    merged = {**common, **own}
    for key in common.keys() & own.keys():
        if isinstance(common[key], list):
            merged[key] = [*own[key], *common[key]]
        elif isinstance(common[key], dict):
            merged[key] = {**common[key], **own[key]}
    return merged


@cache
def tabled_languages() -> tuple[str, ...]:
    """Codes of the languages that have a table."""
    names = (entry.name for entry in files("bharatvoice.voice").joinpath("repairs").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name != f"{COMMON}.yaml"))


@cache
def repairs_for(language: str) -> Repairs:
    """The table of a language code. Raises UnknownValue where there is none."""
    if language not in tabled_languages():
        raise UnknownValue.of("language", language, tabled_languages(), param="language")
    row = _merge(_load(COMMON), _load(language))
    pairs = {"rupee": _pair(row["rupee"]), "paisa": _pair(row["paisa"])}
    units = {unit: _pair(name) for unit, name in row["units"].items()}
    rules = {key: tuple(map(_pair, row.get(key, ()))) for key in ("patterns", "letters")}
    lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    return Repairs(**{**row, **lists, **pairs, **rules, "units": units, "clock": Clock(**row["clock"])})
