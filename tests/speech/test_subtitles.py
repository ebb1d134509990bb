"""Subtitles, read back by the libraries that others use."""

from itertools import pairwise

import srt
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from bharatvoice.speech.subtitles import to_srt, to_vtt
from bharatvoice.speech.transcript import Segment

texts = st.text(st.sampled_from("नमस्ते ab<&>-1:\n"), min_size=1, max_size=30)
times = st.floats(0, 360_000, allow_nan=False)


def segment(text: str, start: float, end: float) -> Segment:
    return Segment(
        id=0, start=start, end=end, text=text, language="hi", avg_logprob=0, no_speech_prob=0, compression_ratio=1
    )


@st.composite
def segments(draw: st.DrawFn) -> list[Segment]:
    bounds = sorted(draw(st.lists(times, min_size=2, max_size=8)))
    return [segment(draw(texts), start, end) for start, end in pairwise(bounds)]


def said(found: list[Segment]) -> list[Segment]:
    return [one for one in found if one.text.strip()]


@given(segments())
def test_srt_keeps_every_cue_its_text_and_its_milliseconds(found: list[Segment]) -> None:
    cues = list(srt.parse(to_srt(found)))
    assert [cue.index for cue in cues] == list(range(1, len(said(found)) + 1))
    for cue, one in zip(cues, said(found), strict=True):
        assert cue.content == " ".join(one.text.split())
        assert round(cue.start.total_seconds() * 1000) == round(one.start * 1000)
        assert cue.end > cue.start


@given(segments())
def test_vtt_keeps_every_cue_and_its_milliseconds(found: list[Segment]) -> None:
    written = to_vtt(found)
    assert written.startswith("WEBVTT\n\n")
    cues = webvtt.from_string(written).captions
    assert len(cues) == len(said(found))
    for cue, one in zip(cues, said(found), strict=True):
        assert round(cue.start_in_seconds * 1000) // 1000 == round(one.start * 1000) // 1000
        assert cue.start.endswith(f"{round(one.start * 1000) % 1000:03}")


def test_the_marks_of_each_format_are_right() -> None:
    one = segment("5 < 6 & नमस्ते", 3661.0005, 3661.0005)
    assert to_srt([one]) == "1\n01:01:01,000 --> 01:01:01,001\n5 < 6 & नमस्ते\n\n"
    assert to_vtt([one]) == "WEBVTT\n\n01:01:01.000 --> 01:01:01.001\n5 &lt; 6 &amp; नमस्ते\n\n"


def test_silence_is_an_empty_file_of_its_kind() -> None:
    assert to_srt([]) == ""
    assert to_vtt([]) == "WEBVTT\n\n"
