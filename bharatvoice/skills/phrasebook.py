"""The data of the skills: what people say, what is answered. The format is described in README.md beside this file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

import yaml

from bharatvoice.dialogue.intents import Phrases
from bharatvoice.errors import SettingsRejected

SKILLS = ("clock", "calculator", "festivals", "helplines", "help")
"""Names of the data files, and of the modules that answer."""


@dataclass(frozen=True)
class Replies:
    """The sentences of one language."""

    language: str
    sentences: Mapping[str, str]
    names: Mapping[tuple[str, str], str]
    """What to call a value of a list, by (list, value)."""

    def say(self, key: str, **fields: str) -> str:
        """The reply of a key, its fields filled in."""
        return self.sentences[key].format(**fields)

    def name(self, slot: str, value: str) -> str:
        """A festival or helpline as this language calls it; its key where the language does not name it."""
        return self.names.get((slot, value), value)


def read(*path: str) -> Any:
    """A YAML file of this package. Raises SettingsRejected when it is missing, is not YAML, or `reject_empty` does."""
    name = "bharatvoice/skills/" + "/".join(path)
    file = files("bharatvoice.skills").joinpath(*path)
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SettingsRejected(f"{name} cannot be read: {error}") from error
    reject_empty(data, name)
    return data


def reject_empty(data: object, name: str) -> None:
    """Raise SettingsRejected if anything in `data` is empty, or is a word that YAML reads as true or false."""
    if data is None or (isinstance(data, dict | list | str) and not data):
        raise SettingsRejected(f"{name} is empty")
    if isinstance(data, bool):
        raise SettingsRejected(f"{name} is {data}: write words like on, off, yes and no in quotes")
    if isinstance(data, dict):
        for key, value in data.items():
            reject_empty(value, f"{name}, {key}")
    elif isinstance(data, list):
        for item in data:
            reject_empty(item, f"an item of {name}")


def read_phrases(language: str) -> dict[str, Phrases]:
    """What each skill listens for in a language. Raises SettingsRejected."""
    return {skill: _phrases(read("phrases", language, f"{skill}.yaml"), language, skill) for skill in SKILLS}


def _phrases(data: Mapping[str, Any], language: str, skill: str) -> Phrases:
    if not {"intents"} <= set(data) <= {"lists", "words", "intents"}:
        raise SettingsRejected(f"phrases/{language}/{skill}.yaml: give intents, lists and words, and nothing else")
    lists = {
        name: {str(value): tuple(map(str, forms)) for value, forms in values.items()}
        for name, values in data.get("lists", {}).items()
    }
    return Phrases(data["intents"], lists, data.get("words", {}))


def read_replies(language: str) -> Replies:
    """What the assistant says in a language. Raises SettingsRejected, also when a reply of English is missing."""
    sentences = _sentences(language)
    for key, twin in _sentences("en").items():
        if key not in sentences or fields_of(sentences[key]) != fields_of(twin):
            raise SettingsRejected(f"replies/{language}: {key} is missing or has other fields than in en")
    names = {
        (slot, value): forms[0]
        for phrases in read_phrases(language).values()
        for slot, values in phrases.lists.items()
        for value, forms in values.items()
    }
    return Replies(language, sentences, names)


@cache
def _sentences(language: str) -> dict[str, str]:
    return {key: sentence for skill in SKILLS for key, sentence in read("replies", language, f"{skill}.yaml").items()}


def fields_of(reply: str) -> set[str]:
    """Names of the {named} fields of a reply."""
    return {name for _, name, _, _ in Formatter().parse(reply) if name is not None}
