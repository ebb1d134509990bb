"""Shards read back as training batches: features, token targets, where each word sounds, phoneme labels."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from starter.clips import FRAME, IGNORED
from starter.grammar import LANGUAGES
from starter.tokens import Vocabulary

POOL = 4096
"""Clips shuffled together; within a pool, batches hold clips of about one length."""
LONGEST = 500
"""Frames (10 s). Longer clips are voices that spell out a foreign script letter by letter."""
ROUGHENED = 0.06
"""Share of the decoder's inputs replaced at random, so that it listens rather than guesses."""
SLACK = 0.08
"""Seconds around a word in which attending counts as attending to the word."""


@dataclass
class Example:
    mel: NDArray[np.float16]
    phonemes: NDArray[np.int64]
    language: str
    segments: list[tuple[float, float, list[int], list[tuple[float, float]]]]
    """start, end, token ids, and (start, end) of the word of each token; seconds."""


@dataclass
class Batch:
    mel: Tensor
    """(batch, 80, frames), padded with zeros."""
    phonemes: Tensor
    """(batch, frames)"""
    inputs: Tensor
    """(batch, tokens)"""
    targets: Tensor
    """(batch, tokens): what follows each input; -100 where nothing is learned."""
    spans: Tensor
    """(batch, tokens, 2): encoder positions in which the target sounds; (0, 0) where it does not."""


def load(folder: Path, vocabulary: Vocabulary, names: list[str]) -> list[Example]:
    """All clips of the shards that exist, in memory-mapped form; unknown phonemes extend `names`."""
    examples = []
    for record in sorted(folder.glob("*.json")):
        described = json.loads(record.read_text(encoding="utf-8"))
        names += [name for name in described["phonemes"] if name not in names]
        table = np.array([names.index(name) for name in described["phonemes"]])
        mel = np.load(record.with_suffix(".mel.npy"), mmap_mode="r")
        labels = np.load(record.with_suffix(".phonemes.npy")).astype(np.int64)
        labels = np.where(labels == IGNORED, IGNORED, table[np.maximum(labels, 0)])
        at = 0
        for clip in described["clips"]:
            segments = []
            for segment in clip["segments"]:
                ids, owners = vocabulary.words(segment["text"])
                times = [tuple(segment["word_times"][owner]) for owner in owners]
                segments.append((segment["start"], segment["end"], ids, times))
            here = slice(at, at + clip["frames"])
            if clip["frames"] <= LONGEST:
                examples.append(Example(mel[here], labels[here], clip["language"], segments))
            at += clip["frames"]
    return examples


class Composer:
    """Turns examples into batches. Ranks of one run share the seed and take every `ranks`-th batch."""

    def __init__(self, vocabulary: Vocabulary, seed: int, rank: int = 0, ranks: int = 1) -> None:
        self.vocabulary, self.rank, self.ranks = vocabulary, rank, ranks
        self.order = random.Random(seed)
        self.chance = random.Random(seed * 1000 + rank)

    def endless(self, examples: list[Example], clips: int) -> Iterator[Batch]:
        """Batches of `clips` clips, forever; every epoch in another order."""
        step = clips * self.ranks
        while True:
            shuffled = self.order.sample(examples, len(examples))
            for start in range(0, len(shuffled) - POOL + 1, POOL):
                pool = sorted(shuffled[start : start + POOL], key=lambda e: len(e.mel))
                groups = [pool[at : at + step] for at in range(0, len(pool) - step + 1, step)]
                self.order.shuffle(groups)
                for group in groups:
                    yield self.batch(group[self.rank :: self.ranks])

    def batch(self, examples: list[Example]) -> Batch:
        frames = -(-max(len(e.mel) for e in examples) // 16) * 16 + 16
        mel = torch.zeros(len(examples), 80, frames)
        phonemes = torch.full((len(examples), frames), IGNORED)
        for row, example in enumerate(examples):
            mel[row, :, : len(example.mel)] = self.masked(example.mel)
            phonemes[row, : len(example.phonemes)] = torch.from_numpy(example.phonemes)
        written = [self.write(e) for e in examples]
        length = max(len(inputs) for inputs, _, _ in written)
        end = self.vocabulary.id("<|endoftext|>")
        return Batch(
            mel, phonemes,
            torch.tensor([i + [end] * (length - len(i)) for i, _, _ in written]),
            torch.tensor([t + [IGNORED] * (length - len(t)) for _, t, _ in written]),
            torch.tensor([s + [(0, 0)] * (length - len(s)) for _, _, s in written]),
        )  # fmt: skip

    def masked(self, mel: NDArray[np.float16]) -> Tensor:
        """SpecAugment (Park et al., 2019), on half of the clips: a band and a moment go missing."""
        features = torch.from_numpy(np.array(mel, dtype=np.float32)).T
        if self.chance.random() < 0.5:
            low = self.chance.randrange(72)
            features[low : low + self.chance.randint(1, 8)] = features.mean()
            moment = self.chance.randrange(max(1, features.shape[1] - 10))
            features[:, moment : moment + self.chance.randint(1, 7)] = features.mean()
        return features

    def write(self, example: Example) -> tuple[list[int], list[int], list[tuple[int, int]]]:
        """Decoder inputs, targets and spans of one clip, with or without timestamps."""
        v = self.vocabulary
        timed = self.chance.random() < 0.5
        language = example.language if example.segments else self.chance.choice(LANGUAGES)
        tokens = [v.id("<|startoftranscript|>"), v.id(f"<|{language}|>"), v.id("<|transcribe|>")]
        tokens += [] if timed else [v.id("<|notimestamps|>")]
        prompt = len(tokens)
        spans: list[tuple[float, float]] = [(0.0, 0.0)] * prompt
        for start, end, ids, times in example.segments:
            tokens += [v.timestamp(start), *ids, v.timestamp(end)] if timed else ids
            spans += [(0.0, 0.0), *times, (0.0, 0.0)] if timed else times
        if not example.segments and timed:
            tokens.append(v.timestamp(0))
            spans.append((0.0, 0.0))
        tokens.append(v.id("<|endoftext|>"))
        spans.append((0.0, 0.0))
        targets = tokens[1:]
        targets[: prompt - 1] = [IGNORED] * (prompt - 1)
        targets[0] = tokens[1] if example.segments else v.id("<|nospeech|>")
        inputs = tokens[:prompt] + [self.roughen(token) for token in tokens[prompt:-1]]
        positions = [_positions(a, b) for a, b in spans[1:]]
        return inputs, targets, positions

    def roughen(self, token: int) -> int:
        if token < self.vocabulary.id("") and self.chance.random() < ROUGHENED:
            return self.chance.randrange(256, self.vocabulary.id(""))
        return token


def _positions(start: float, end: float) -> tuple[int, int]:
    """Encoder positions (40 ms) of a span of seconds, with slack; (0, 0) for none."""
    if end == 0:
        return 0, 0
    return max(0, int((start - SLACK) / FRAME / 2)), int((end + SLACK) / FRAME / 2) + 1
