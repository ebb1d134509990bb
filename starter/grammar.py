"""Sentences that a person says to the assistant: sampled from `grammar/<language>.yaml`."""

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hassil.expression import Alternative, Expression, Group, ListReference, TextChunk
from hassil.parse_expression import parse_sentence

from starter.numbers import SLOTS

FOLDER = Path(__file__).parent / "grammar"
LANGUAGES = ("en", "hi", "ta", "te", "bn", "mr")
HELD_OUT_SHARE = 0.06


@dataclass(frozen=True)
class Sentence:
    """One sentence of the grammar, with the intent that it expresses."""

    language: str
    intent: str
    text: str
    number: str | None
    """The last number, spelled out as it is spoken, when the sentence holds one."""
    has_digits: bool
    """Whether the number is a string of digits spoken one by one."""
    is_open: bool
    """Whether a slot was filled: only then are there siblings that training may see instead."""

    @property
    def held_out(self) -> bool:
        """Whether training must never see this text. Fixed sentences are never held out."""
        digest = hashlib.sha256(self.text.encode()).digest()
        return self.is_open and digest[0] < 256 * HELD_OUT_SHARE


@cache
def load(name: str) -> dict[str, Any]:
    """A file of the grammar folder, parsed."""
    parsed: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return parsed


@cache
def parse(template: str) -> Expression:
    return parse_sentence(template).expression


@dataclass
class Sampler:
    """Draws sentences of one language. The same `random.Random` state gives the same sentences."""

    language: str
    chance: random.Random
    values: list[tuple[str, str]]
    """Slots filled while the present sentence is drawn: (slot, text)."""

    def __init__(self, language: str, chance: random.Random, *, digits_weight: int = 3) -> None:
        """digits_weight: how often strings of digits are drawn; 3 is as often as any template with one slot."""
        self.language, self.chance, self.values, self.digits_weight = language, chance, [], digits_weight
        self.lists: dict[str, list[str]] = load(language)["lists"]
        self.intents: dict[str, list[str]] = load(language)["sentences"]
        self.templates = [(intent, t) for intent, ts in self.intents.items() for t in ts]

    def draw(self) -> Sentence:
        """One sentence: a template at random, weighted by how much there is in it to learn."""
        weights = [self.digits_weight if "{digits}" in t else 1 + 2 * min(3, t.count("{")) for _, t in self.templates]
        intent, template = self.chance.choices(self.templates, weights)[0]
        self.values = []
        text = " ".join(self.expand(parse(template)).split())
        numbers = [(slot, value) for slot, value in self.values if slot in SLOTS]
        return Sentence(
            self.language, intent, text,
            number=numbers[-1][1] if numbers else None,
            has_digits=any(slot == "digits" for slot, _ in numbers),
            is_open=bool(self.values),
        )  # fmt: skip

    def expand(self, part: Expression) -> str:
        if isinstance(part, TextChunk):
            return part.text
        if isinstance(part, Alternative):
            return self.expand(self.chance.choice(part.items))
        if isinstance(part, Group):
            return "".join(self.expand(item) for item in part.items)
        if isinstance(part, ListReference):
            return self.fill(part.list_name)
        raise TypeError(f"the grammar does not use {type(part).__name__}")

    def fill(self, slot: str) -> str:
        spell: Callable[[str, random.Random], str] | None = SLOTS.get(slot)
        value = spell(self.language, self.chance) if spell else self.chance.choice(self.lists[slot])
        self.values.append((slot, value))
        return value if spell else self.expand(parse(value))

    def stream(self, *, held_out: bool) -> Iterator[Sentence]:
        """Endless sentences of one side of the split."""
        while True:
            sentence = self.draw()
            if sentence.held_out == held_out:
                yield sentence
