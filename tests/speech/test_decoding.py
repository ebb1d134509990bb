"""Windows, trust, timestamps and language choice are arithmetic."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bharatvoice.speech.card import Card
from bharatvoice.speech.decoding import (
    FULL_WINDOW,
    choose_language,
    compression_ratio,
    is_trusted,
    spans,
    stretches,
    window,
)

CARD = Card(
    name="test", short_windows=(500, 250, 1000), max_no_speech=0.5, min_logprob=-0.6, rejects_unknown_speech=True
)


@given(st.integers(0, 3000))
def test_a_window_always_holds_the_speech(frames: int) -> None:
    assert window(frames, CARD, allowed=True) >= min(frames, FULL_WINDOW)


def test_the_shortest_validated_window_is_taken() -> None:
    assert window(100, CARD, allowed=True) == 250
    assert window(250, CARD, allowed=True) == 500
    assert window(2000, CARD, allowed=True) == FULL_WINDOW


def test_a_model_without_validated_windows_is_always_padded_to_thirty_seconds() -> None:
    assert window(100, Card(name="real"), allowed=True) == FULL_WINDOW
    assert window(100, CARD, allowed=False) == FULL_WINDOW


def test_speech_that_the_model_calls_no_speech_is_not_trusted_however_fluent() -> None:
    assert is_trusted("what time is it", -0.1, 0.1, CARD)
    assert not is_trusted("what time is it", -0.1, 0.9, CARD)
    assert not is_trusted("what time is it", -0.9, 0.1, CARD)


def test_text_that_repeats_itself_is_not_trusted() -> None:
    assert compression_ratio("नमस्ते " * 40) > 2.4
    assert not is_trusted("नमस्ते " * 40, -0.1, 0.0, CARD)


def test_only_the_callers_languages_are_weighed() -> None:
    heard = [("hi", 0.6), ("mr", 0.3), ("en", 0.1)]
    assert choose_language(heard, [])[1] == pytest.approx(0.6)
    assert choose_language(heard, ["mr", "en"])[1] == pytest.approx(0.75)


def test_tokens_are_cut_at_timestamps_and_times_clamped_to_the_audio() -> None:
    found = spans([100, 1, 2, 150, 150, 3, 999], 100, 0.02, duration=2.0)
    assert [(s.start, s.end, s.tokens) for s in found] == [(0.0, 1.0, (1, 2)), (1.0, 2.0, (3,))]


def test_text_without_a_closing_timestamp_ends_with_the_audio() -> None:
    assert [(s.start, s.end) for s in spans([110, 5, 6], 100, 0.02, duration=3.0)] == [(0.2, 3.0)]


@given(st.lists(st.integers(0, 1600), max_size=40), st.floats(0.1, 30))
def test_spans_never_run_backwards_and_lose_no_text(tokens: list[int], duration: float) -> None:
    found = spans(tokens, 100, 0.02, duration)
    assert all(0 <= s.start <= s.end for s in found)
    assert [t for s in found for t in s.tokens] == [t for t in tokens if t < 100]


def test_stretches_get_room_within_the_recording_and_share_what_is_between() -> None:
    first, second = stretches([(100, 200), (260, 400)], length=450, room=80)
    assert (first.cut_start, first.cut_end, second.cut_start, second.cut_end) == (20, 230, 230, 450)


@given(st.lists(st.integers(0, 1000), max_size=12, unique=True), st.integers(0, 300))
def test_cuts_hold_their_speech_and_never_overlap(edges: list[int], room: int) -> None:
    ordered = sorted(edges)[: len(edges) // 2 * 2]
    found = stretches(list(zip(ordered[::2], ordered[1::2], strict=True)), 1000, room)
    assert all(0 <= s.cut_start <= s.start <= s.end <= s.cut_end <= 1000 for s in found)
    assert all(a.cut_end <= b.cut_start for a, b in pairwise(found))
