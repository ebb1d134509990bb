"""The table of languages, read from `languages.yaml`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bharatvoice.errors import UnknownValue


@dataclass(frozen=True)
class StarterScore:
    """How the starter model does on a language."""

    wer: float
    """Word error rate of clean speech, percent."""
    meets_bars: bool
    """Whether it is within every bar of the model's card."""


@dataclass(frozen=True)
class Language:
    """One language of the assistant; the fields are explained at the top of `languages.yaml`."""

    code: str
    name: str
    native: str
    script: str
    zero: str
    voice: str
    whisper: str | None
    starter: StarterScore | None
    aliases: tuple[str, ...]


@cache
def languages() -> dict[str, Language]:
    """Every language by its code, in the order of the table."""
    rows = yaml.safe_load(files("bharatvoice").joinpath("languages.yaml").read_text(encoding="utf-8"))
    return {row["code"]: _language(row) for row in rows}


def _language(row: dict[str, Any]) -> Language:
    starter = StarterScore(**row["starter"]) if row["starter"] else None
    return Language(**{**row, "aliases": tuple(row["aliases"]), "starter": starter})


@cache
def _by_alias() -> dict[str, Language]:
    return {
        alias.lower(): language
        for language in languages().values()
        for alias in (language.code, language.name, *language.aliases)
    }


def find_language(code: str, *, param: str = "language") -> Language:
    """The language that a code or alias means, without regard to case or `_` for `-`.

    Raises UnknownValue, naming `param`, when there is none.
    """
    wanted = code.strip().lower()
    found = _by_alias().get(wanted) or _by_alias().get(wanted.replace("_", "-"))
    if found is None:
        raise UnknownValue.of("language", code, languages(), param=param)
    return found
