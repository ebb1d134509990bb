"""From a recording to a transcript, off the event loop and within the queue for recognition."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bharatvoice.assembly import Assembly
from bharatvoice.errors import UnknownValue
from bharatvoice.languages import find_language
from bharatvoice.speech.transcript import Transcript
from handlers.serving import Serving


@dataclass(frozen=True)
class Heard:
    """A transcript and how long its two steps took, in seconds."""

    transcript: Transcript
    decode_seconds: float
    recognize_seconds: float


async def hear(
    serving: Serving,
    recording: bytes,
    languages: Sequence[str] = (),
    *,
    word_times: bool = False,
    temperature: float = 0.0,
) -> Heard:
    """Decode and recognize. Raises AudioRejected, AudioTooLarge, RecognitionFailed, Overloaded."""
    return await serving.hearing.run(_hear, serving.assembly, recording, languages, word_times, temperature)


def heard_language(assembly: Assembly, wanted: str, *, param: str) -> str:
    """The code of a language that the loaded model writes down. Raises UnknownValue."""
    known = assembly.recognizer.languages
    code = wanted if wanted in known else find_language(wanted, param=param).code
    if code not in known:
        raise UnknownValue.of("language", wanted, known, param=param)
    return code


def _hear(
    assembly: Assembly, recording: bytes, languages: Sequence[str], word_times: bool, temperature: float
) -> Heard:
    began = time.perf_counter()
    samples = assembly.reader.read(recording)
    decoded = time.perf_counter()
    transcript = assembly.recognizer.recognize(
        samples, languages=languages, word_times=word_times, temperature=temperature
    )
    return Heard(transcript, decoded - began, time.perf_counter() - decoded)
