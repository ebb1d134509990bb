"""A tiny assembly in memory: it hears a fixed text, answers by repeating it, and speaks a tone."""

import io
import threading
import wave
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

import numpy as np

from bharatvoice.assembly import Assembly
from bharatvoice.errors import AudioRejected, UnknownValue
from bharatvoice.settings import Settings
from bharatvoice.skills.answering import Answer, Assistant
from bharatvoice.speech.ports import SAMPLING_RATE, Samples
from bharatvoice.speech.transcript import Segment, Transcript, Word
from bharatvoice.voice.ports import Speech

SAID = (("नमस्ते दुनिया", "hi", 0.25, 1.0), ("what time is it", "en", 1.2, 2.0))
MODEL = "double-model"


def recording(seconds: float = 2.0, *, silent: bool = False) -> bytes:
    """A wav file of a tone, or of nothing."""
    count = int(seconds * SAMPLING_RATE)
    tone = np.sin(np.arange(count) * 0.1) * (0 if silent else 20000)
    return _wav(tone.astype(np.int16), SAMPLING_RATE)


class FixedRecognizer:
    """Hears SAID in everything that is not silent; waits at `gate`; raises `failure` when there is one."""

    model = MODEL
    languages = ("en", "hi", "ta")

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.failure: Exception | None = None
        self.asked: list[tuple[tuple[str, ...], bool, float]] = []

    def check(self) -> None:
        if self.failure is not None:
            raise self.failure

    def recognize(
        self, samples: Samples, *, languages: Sequence[str] = (), word_times: bool = False, temperature: float = 0.0
    ) -> Transcript:
        self.asked.append((tuple(languages), word_times, temperature))
        self.gate.wait()
        if self.failure is not None:
            raise self.failure
        segments = tuple(_segment(n, *said, word_times) for n, said in enumerate(SAID)) if samples.any() else ()
        return Transcript(
            text=" ".join(segment.text for segment in segments), language=segments[0].language if segments else "en",
            language_probability=0.9 if segments else 0.0, duration=len(samples) / SAMPLING_RATE,
            speech_seconds=1.5 if segments else 0.0, is_understood=True, model=MODEL, segments=segments,
        )  # fmt: skip


class WaveReader:
    """Reads 16-bit wav files."""

    def read(self, recording: bytes) -> Samples:
        try:
            with wave.open(io.BytesIO(recording)) as file:
                frames = file.readframes(file.getnframes())
        except (wave.Error, EOFError):
            raise AudioRejected("The recording cannot be decoded. Send a wav file.") from None
        return np.divide(np.frombuffer(frames, dtype=np.int16), 32768, dtype=np.float32)


class ToneSynthesizer:
    """Speaks one tone per letter."""

    voices = ("female", "male")

    def __init__(self) -> None:
        self.spoken: list[tuple[str, str, str | None, float]] = []

    async def synthesize(self, text: str, language: str, *, voice: str | None = None, speed: float = 1.0) -> Speech:
        self.spoken.append((text, language, voice, speed))
        count = int(len(text) * 1000 / speed)
        return Speech((np.sin(np.arange(count) * 0.1) * 20000).astype(np.int16), 24_000)


class WaveWriter:
    """Writes wav and raw samples; its mp3 is a tag and raw samples."""

    formats = {"mp3": "audio/mpeg", "wav": "audio/wav", "pcm": "audio/pcm"}  # noqa: RUF012 - the port says dict

    def write(self, speech: Speech, format: str) -> bytes:
        if format not in self.formats:
            raise UnknownValue.of("format", format, self.formats, param="format")
        if format == "wav":
            return _wav(speech.samples, speech.sampling_rate)
        return (b"ID3" if format == "mp3" else b"") + speech.samples.tobytes()


class Parrot:
    """Says what it was told, and remembers how it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, datetime, str | None, bool]] = []

    def answer(self, text: str, *, now: datetime, language: str | None = None, heard: bool = True) -> Answer:
        self.asked.append((text, now, language, heard))
        said, intent = (f"You said {text}", "echo") if text else ("", "none")
        reply = said if heard else "I heard nothing"
        return Answer(text=reply, language=language or "en", intent=intent, slots={}, is_understood=bool(text))


@dataclass(frozen=True)
class Doubles(Assembly):
    """The assembly of doubles; `complaints` is what its check finds wrong."""

    complaints: dict[str, str] = field(default_factory=dict)

    async def check(self) -> dict[str, str | None]:
        return {name: self.complaints.get(name) for name in ("recognizer", "synthesizer")}


def open_doubles(settings: Settings) -> Doubles:
    """Stands in for Assembly.open."""
    return Doubles(
        settings=settings, reader=WaveReader(), recognizer=FixedRecognizer(), assistant=cast(Assistant, Parrot()),
        synthesizer=ToneSynthesizer(), writer=WaveWriter(),
    )  # fmt: skip


def _segment(n: int, text: str, language: str, start: float, end: float, word_times: bool) -> Segment:
    words = tuple(Word(word, start, end, 0.9) for word in text.split()) if word_times else ()
    return Segment(
        id=n, start=start, end=end, text=text, language=language, avg_logprob=-0.1, no_speech_prob=0.01,
        compression_ratio=1.0, tokens=(1, 2), words=words,
    )  # fmt: skip


def _wav(samples: "np.ndarray[tuple[int], np.dtype[np.int16]]", rate: int) -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return written.getvalue()
