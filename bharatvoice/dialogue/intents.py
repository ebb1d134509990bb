"""What a person wants: templates of one language against an utterance. Exact first, then tolerant where asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import hassil
from hassil.errors import HassilError, MissingListError
from hassil.parser import ParseError
from rapidfuzz import fuzz, process

from bharatvoice.dialogue.normalization import fold_letters, name_signs, strip_punctuation
from bharatvoice.dialogue.numbers import NumberSpan, find_numbers, plain
from bharatvoice.dialogue.roman import roman_key
from bharatvoice.dialogue.samples import samples
from bharatvoice.errors import SettingsRejected

LONGEST_UTTERANCE = 300
"""Characters; anything longer is no command."""
LOOSE_ENOUGH = 82
"""Least similarity (0 to 100) of folded sentences; chosen on the sentences in tests/dialogue/negatives.yaml."""
_NUMBER = "0"
"""What numbers become before matching, in utterances and templates alike: hassil then sees one word for all."""


@dataclass(frozen=True)
class Phrases:
    """What a skill listens for: templates by intent, and the lists and groups of words that they name."""

    intents: Mapping[str, Sequence[str]]
    lists: Mapping[str, Mapping[str, Sequence[str]]]
    """Slot list, canonical value, spoken forms."""
    words: Mapping[str, Sequence[str]]
    """Words that mean the same."""


@dataclass(frozen=True)
class Match:
    """An intent with its slots: canonical values of lists, numbers as plain ASCII digits."""

    intent: str
    slots: Mapping[str, str]


class PhraseMatcher:
    """Matches utterances of one language. Built once; warm after building."""

    def __init__(self, language: str, phrases: Sequence[Phrases], *, is_tolerant: bool = False) -> None:
        """is_tolerant: whether `match_loosely` will be asked, which takes a table of sample sentences.

        Raises SettingsRejected for a template that cannot be read.
        """
        self.language = language
        try:
            self._intents = hassil.Intents.from_dict(_as_hassil(language, phrases))
            self._parse_all()
            self._samples = {roman_key(sample.text): sample for sample in samples(self._intents)} if is_tolerant else {}
        except (ParseError, HassilError) as error:
            raise SettingsRejected(f"a phrase of language {language} cannot be read: {error!r}") from error
        self._sample_keys = list(self._samples)
        self.match("0 plus 0")  # number tables are read when first asked for

    def _parse_all(self) -> None:
        """hassil parses a template when it first needs it, which would make the first callers wait."""
        for intent in self._intents.intents.values():
            for data in intent.data:
                for sentence in data.sentences:
                    sentence.get_required_clauses(data.expansion_rules)
                    missing = set(sentence.list_names(data.expansion_rules)) - data.slot_lists.keys()
                    if missing:
                        raise MissingListError(f"{missing} in {sentence.text!r}")

    def match(self, text: str) -> Match | None:
        """The intent whose template is this text, word by word; spelling variants and number words are folded."""
        for marked, numbers in self._readings(text):
            found = self._recognize(marked, numbers)
            if found is not None:
                return found
        return None

    def match_loosely(self, text: str) -> Match | None:
        """The intent of the sample sentence that sounds nearest, when it is near enough, word by word too."""
        for marked, numbers in self._readings(text):
            key = roman_key(marked)
            nearest = process.extractOne(key, self._sample_keys, scorer=fuzz.ratio, score_cutoff=LOOSE_ENOUGH)
            if nearest is not None and self._samples[nearest[0]].sounds_like(key):
                return self._recognize(self._samples[nearest[0]].text, numbers)
        return None

    def _recognize(self, marked: str, numbers: Sequence[NumberSpan]) -> Match | None:
        result = hassil.recognize(marked, self._intents)
        if result is None:
            return None
        values = iter(numbers)
        slots = {
            entity.name: plain(next(values).value) if entity.value == _NUMBER else str(entity.value)
            for entity in result.entities_list
        }
        return Match(result.intent.name, slots)

    def _readings(self, text: str) -> Iterator[tuple[str, list[NumberSpan]]]:
        """The text with its numbers marked, in several ways, because number words are other words too.

        Digits only (नंबर दो); number words; those but for a last one (भाग दो); those with "and" between two numbers.
        """
        if len(text) > LONGEST_UTTERANCE:
            return
        folded = name_signs(fold_letters(text))
        seen: set[str] = set()
        spoken = find_numbers(folded, self.language)
        apart = find_numbers(folded, self.language, connected=False)
        for numbers in (find_numbers(folded, self.language, words=False), spoken, spoken[:-1], apart):
            marked = folded
            for span in reversed(numbers):
                marked = f"{marked[: span.start]} {_NUMBER} {marked[span.end :]}"
            marked = strip_punctuation(marked)
            if marked and marked not in seen:
                seen.add(marked)
                yield marked, numbers


def _as_hassil(language: str, phrases: Sequence[Phrases]) -> dict[str, Any]:
    """The dictionary that hassil reads, in matching form; each intent keeps the lists of its own skill."""
    intents: dict[str, Any] = {}
    for group in phrases:
        lists = {name: _values(values) for name, values in {**group.lists, "number": {_NUMBER: [_NUMBER]}}.items()}
        rules = {name: f"({'|'.join(map(fold_letters, forms))})" for name, forms in group.words.items()}
        for intent, templates in group.intents.items():
            sentences = [fold_letters(template) for template in templates]
            data = {"sentences": sentences, "lists": lists, "expansion_rules": rules}
            intents.setdefault(intent, {"data": []})["data"].append(data)
    return {"language": language, "intents": intents}


def _values(values: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {"values": [{"in": fold_letters(form), "out": value} for value, forms in values.items() for form in forms]}
