"""The grammar that the starter model is trained on, and the split that its evaluation rests on."""

import random
import unicodedata
from itertools import islice

import pytest

from starter import voices
from starter.grammar import LANGUAGES, Sampler, load
from starter.numbers import SLOTS, words

FOREIGN_PUNCTUATION = set('.,?!;:।॥"()[]{}|')


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_intent(language: str) -> None:
    assert load(language)["sentences"].keys() == load("en")["sentences"].keys()
    assert all(load(language)["sentences"].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_is_defined_and_every_list_used(language: str) -> None:
    text = str([*load(language)["sentences"].values(), *load(language)["lists"].values()])
    used = {piece.split("}")[0] for piece in text.split("{")[1:]}
    assert used - SLOTS.keys() <= load(language)["lists"].keys()
    assert load(language)["lists"].keys() <= used


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_plain_words_in_nfc(language: str) -> None:
    for sentence in islice(Sampler(language, random.Random(1)).stream(held_out=False), 300):
        assert sentence.text == " ".join(sentence.text.split())
        assert unicodedata.normalize("NFC", sentence.text) == sentence.text
        assert not FOREIGN_PUNCTUATION & set(sentence.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_training_never_sees_a_held_out_sentence(language: str) -> None:
    seen = {s.text for s in islice(Sampler(language, random.Random(2)).stream(held_out=False), 2000)}
    kept = {s.text for s in islice(Sampler(language, random.Random(3)).stream(held_out=True), 200)}
    assert not seen & kept
    assert len(kept) > 100


def test_training_never_hears_a_held_out_voice() -> None:
    chance = random.Random(4)
    for language in LANGUAGES:
        heard = [voices.draw(language, chance, held_out=False) for _ in range(200)]
        kept = [voices.draw(language, chance, held_out=True) for _ in range(200)]
        for quality in ("speed", "pitch"):
            assert not {getattr(v, quality) for v in heard} & {getattr(v, quality) for v in kept}
        assert not {v.name.partition("+")[2] for v in heard} & {v.name.partition("+")[2] for v in kept}


def test_evaluation_shares_no_stray_sentence_with_training() -> None:
    for language in LANGUAGES:
        assert not set(load("garbage")[language]) & set(load("out_of_grammar")[language])
    assert sum(len(strays) for strays in load("out_of_grammar").values()) >= 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_number_words_are_distinct(language: str) -> None:
    assert len({words(number, language) for number in range(10_000)}) == 10_000
