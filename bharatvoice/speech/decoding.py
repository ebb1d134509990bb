"""Decisions around a Whisper decoder that need no decoder: windows, confidence, timestamps, language choice."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bharatvoice.speech.card import Card

FULL_WINDOW = 3000
"""Feature frames of the window that Whisper was trained on."""
MARGIN = 16
"""Frames of padding that a short window keeps behind the speech."""
MAX_COMPRESSION_RATIO = 2.4
"""Text that compresses better than this repeats itself (Whisper, section 4.5)."""
TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Each is tried when the one before gives a decoding that cannot be trusted."""


@dataclass(frozen=True)
class Span:
    """Tokens between two timestamps, seconds from the start of the window."""

    start: float
    end: float
    tokens: tuple[int, ...]


@dataclass(frozen=True)
class Stretch:
    """A stretch of speech, in samples: where the voice is, and the cut around it that is decoded."""

    start: int
    end: int
    cut_start: int
    cut_end: int


def stretches(voiced: Sequence[tuple[int, int]], length: int, room: int) -> list[Stretch]:
    """Give each voiced (start, end) `room` on both sides within `length`, neighbours sharing what is between."""
    middles = [(before[1] + after[0]) // 2 for before, after in pairwise(voiced)]
    bounds = [0, *middles, length]
    return [
        Stretch(start, end, max(low, start - room), min(high, end + room))
        for (start, end), low, high in zip(voiced, bounds, bounds[1:], strict=False)
    ]


def window(frames: int, card: Card, *, allowed: bool) -> int:
    """The window, in feature frames, in which speech of `frames` frames is decoded."""
    fitting = [size for size in sorted(card.short_windows) if size >= frames + MARGIN]
    return fitting[0] if allowed and fitting else FULL_WINDOW


def compression_ratio(text: str) -> float:
    """How many times smaller the text gets; high for text that repeats itself."""
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw)) if raw else 0.0


def is_trusted(text: str, logprob: float, no_speech: float, card: Card) -> bool:
    """Whether a decoding may be shown: there is text, the model is sure of it, and it does not repeat itself."""
    if card.rejects_unknown_speech and no_speech > card.max_no_speech:
        return False
    return bool(text) and logprob >= card.min_logprob and compression_ratio(text) <= MAX_COMPRESSION_RATIO


def choose_language(probabilities: Sequence[tuple[str, float]], candidates: Sequence[str]) -> tuple[str, float]:
    """The likeliest of the candidates and its share of their probability; all languages when none are given."""
    kept = [(code, p) for code, p in probabilities if code in candidates] if candidates else list(probabilities)
    total = sum(p for _, p in kept)
    code, best = max(kept, key=lambda pair: pair[1])
    return code, best / total if total > 0 else 1 / len(kept)


def spans(tokens: Sequence[int], first_timestamp: int, seconds_per_stamp: float, duration: float) -> list[Span]:
    """Cut decoded tokens at their timestamps. Times beyond the audio, which a model may invent, are clamped."""
    found: list[Span] = []
    start, text = 0.0, []
    for token in tokens:
        if token < first_timestamp:
            text.append(token)
            continue
        at = min((token - first_timestamp) * seconds_per_stamp, duration)
        if text:
            found.append(Span(start, max(start, at), tuple(text)))
        start, text = at, []
    if text:
        found.append(Span(start, max(start, duration), tuple(text)))
    return found
