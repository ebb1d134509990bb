"""Every sentence that templates make, for comparing an utterance with whole sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import hassil
import regex
from hassil.expression import Alternative, Expression, Group, ListReference, RuleReference, Sentence, TextChunk
from rapidfuzz import fuzz

from bharatvoice.dialogue.roman import roman_key

NEAR_WORD = 60
"""Least similarity, 0 to 100, of a folded word of more than two letters."""
NEAR_FILLER = 80
"""Least similarity of a folded word that fills a slot: no other word is to be taken for a festival."""
_LATIN = regex.compile(r"\p{Latin}")


@dataclass(frozen=True)
class Sample:
    """One sentence of a template."""

    text: str
    fillers: tuple[str, ...]
    """Words that fill its slots, folded; without numbers."""

    def sounds_like(self, key: str) -> bool:
        """Whether each word has a near one in `key`, an utterance folded by `roman_key`, and the other way round.

        Whole sentences that differ in the one word that matters are alike; this tells them apart.
        """
        words, heard = roman_key(self.text).split(), key.split()
        numbers = [word for word in heard if word.isdigit()]
        return (
            numbers == [word for word in words if word.isdigit()]
            and all(_nearest(word, heard) >= NEAR_WORD for word in words if len(word) > 2)
            and all(_nearest(word, words) >= NEAR_WORD for word in heard if len(word) > 2)
            and all(_nearest(word, heard) >= NEAR_FILLER for word in self.fillers)
        )


def samples(intents: hassil.Intents) -> Iterator[Sample]:
    """Every sentence in which whatever has a roman spelling stands in roman letters."""
    for intent in intents.intents.values():
        for data in intent.data:
            for sentence in data.sentences:
                yield from _Expansion(data.slot_lists, data.expansion_rules).of(sentence.expression)


class _Expansion:
    """Writes an expression out."""

    def __init__(self, lists: Mapping[str, hassil.SlotList], rules: Mapping[str, Sentence]) -> None:
        self.lists, self.rules = lists, rules

    def of(self, part: Expression) -> list[Sample]:
        if isinstance(part, TextChunk):
            return [Sample(part.text, ())]
        if isinstance(part, ListReference):
            return self._of_list(part.list_name)
        if isinstance(part, RuleReference):
            return _roman(self.of(self.rules[part.rule_name].expression))
        if isinstance(part, Alternative):
            return [sample for item in part.items for sample in self.of(item)]
        if isinstance(part, Group):
            return [_join(samples) for samples in product(*map(self.of, part.items))]
        raise TypeError(f"phrases do not use {type(part).__name__}")

    def _of_list(self, name: str) -> list[Sample]:
        values = self.lists[name]
        assert isinstance(values, hassil.TextSlotList)
        forms = [Sample(value.text_in.text, ()) for value in values.values if isinstance(value.text_in, TextChunk)]
        return [Sample(form.text, _folded(form.text)) for form in _roman(forms)]


def _folded(form: str) -> tuple[str, ...]:
    return () if form.isdigit() else tuple(roman_key(form).split())


def _nearest(word: str, words: list[str]) -> float:
    return max((fuzz.ratio(word, other) for other in words), default=0)


def _roman(found: list[Sample]) -> list[Sample]:
    """The ones in roman letters, or all when there is none."""
    return [sample for sample in found if _LATIN.search(sample.text)] or found


def _join(samples: tuple[Sample, ...]) -> Sample:
    fillers = tuple(filler for sample in samples for filler in sample.fillers)
    return Sample("".join(sample.text for sample in samples), fillers)
