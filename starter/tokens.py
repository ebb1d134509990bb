"""The starter's tokenizer: byte-level BPE in Whisper's layout of special tokens.

Order matters to CTranslate2: text, "", <|endoftext|>, <|startoftranscript|>, languages, <|translate|>,
<|transcribe|>, <|startoflm|>, <|startofprev|>, <|nospeech|>, <|notimestamps|>, <|0.00|> ... <|30.00|>.
The empty-string token is how CTranslate2 4.7 and later knows that a model is multilingual.
"""

import json
import random
from functools import cached_property
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from starter.grammar import LANGUAGES, Sampler

TEXT_TOKENS = 2400
SENTENCES_PER_LANGUAGE = 20_000
FRAME_SECONDS = 0.02
TIMESTAMPS = 1501
SPECIAL = [
    "<|endoftext|>", "<|startoftranscript|>", *(f"<|{name}|>" for name in LANGUAGES), "<|translate|>",
    "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
]  # fmt: skip
MUSICAL = ["-", "'", *"♩♪♫♬♭♮♯"]
"""faster-whisper forbids the first token of each of these behind a space: frequent in the corpus, they become
tokens of their own; else it would forbid the bare space with which other words begin."""


def by_words() -> pre_tokenizers.PreTokenizer:
    """Cut at spaces only: the usual pattern of letters would cut Indic words at every vowel sign."""
    words = pre_tokenizers.Split(Regex(" ?[^ ]+"), "isolated")
    return pre_tokenizers.Sequence([words, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def train(seed: int = 7) -> Tokenizer:
    """Learn the merges from sampled sentences and lay out the vocabulary."""
    chance = random.Random(seed)
    lines = [f" {Sampler(name, chance).draw().text}" for name in LANGUAGES for _ in range(SENTENCES_PER_LANGUAGE)]
    lines += [f" {mark}" for mark in MUSICAL] * SENTENCES_PER_LANGUAGE
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = by_words()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    bpe.train_from_iterator(lines, trainers.BpeTrainer(vocab_size=TEXT_TOKENS, initial_alphabet=alphabet))
    learned = json.loads(bpe.to_str())["model"]
    vocabulary = learned["vocab"]
    vocabulary[""] = len(vocabulary)
    laid_out = Tokenizer(models.BPE(vocab=vocabulary, merges=[tuple(pair) for pair in learned["merges"]]))
    laid_out.pre_tokenizer = by_words()
    laid_out.decoder = decoders.ByteLevel()
    stamps = [f"<|{n * FRAME_SECONDS:.2f}|>" for n in range(TIMESTAMPS)]
    laid_out.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in SPECIAL])
    laid_out.add_tokens([AddedToken(name, special=False, normalized=False) for name in stamps])
    return laid_out


class Vocabulary:
    """Ids of the special tokens, and sentences as token ids."""

    def __init__(self, path: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(path))

    def __len__(self) -> int:
        return self.tokenizer.get_vocab_size(with_added_tokens=True)

    def id(self, name: str) -> int:
        found = self.tokenizer.token_to_id(name)
        if found is None:
            raise KeyError(name)
        return int(found)

    @cached_property
    def first_timestamp(self) -> int:
        return self.id("<|0.00|>")

    def timestamp(self, seconds: float) -> int:
        return self.first_timestamp + min(TIMESTAMPS - 1, round(seconds / FRAME_SECONDS))

    def words(self, text: str) -> tuple[list[int], list[int]]:
        """Token ids of a sentence, and for each token the index of the word it belongs to."""
        ids: list[int] = []
        owners: list[int] = []
        for index, word in enumerate(text.split(" ")):
            encoded = self.tokenizer.encode(f" {word}", add_special_tokens=False).ids
            ids += encoded
            owners += [index] * len(encoded)
        return ids, owners


if __name__ == "__main__":
    import sys

    train().save(sys.argv[1])
