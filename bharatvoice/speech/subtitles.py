"""Transcripts written as subtitles. Times are integer milliseconds, so that they never drift or truncate."""

import html
from collections.abc import Iterable, Iterator

from bharatvoice.speech.transcript import Segment

SHORTEST_CUE_MS = 1
"""Players drop a cue that ends when it begins."""


def to_srt(segments: Iterable[Segment]) -> str:
    """SubRip: numbered cues, comma before the milliseconds."""
    cues = enumerate(_cues(segments), start=1)
    return "".join(f"{n}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{text}\n\n" for n, (start, end, text) in cues)


def to_vtt(segments: Iterable[Segment]) -> str:
    """WebVTT (https://www.w3.org/TR/webvtt1/): header, full stop before the milliseconds, text escaped."""
    cues = (
        f"{_clock(start, '.')} --> {_clock(end, '.')}\n{html.escape(text, quote=False)}\n\n"
        for start, end, text in _cues(segments)
    )
    return "WEBVTT\n\n" + "".join(cues)


def _cues(segments: Iterable[Segment]) -> Iterator[tuple[int, int, str]]:
    """Start, end and one line of text of each segment that says something; a blank line would end a cue."""
    for segment in segments:
        text = " ".join(segment.text.split())
        start = round(segment.start * 1000)
        if text:
            yield start, max(round(segment.end * 1000), start + SHORTEST_CUE_MS), text


def _clock(milliseconds: int, mark: str) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{mark}{thousandths:03}"
