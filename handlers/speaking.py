"""From a text to encoded speech, as the caller ordered it."""

import time
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from bharatvoice.assembly import Assembly
from bharatvoice.errors import BadInput
from bharatvoice.voice.speakable import make_speakable
from handlers.fields import Fields, one_of
from handlers.serving import Serving

DEFAULT_FORMAT = "mp3"
SLOWEST, FASTEST = 0.25, 4.0
OPENAI_VOICES = frozenset(  # as in openai-python 3
    ["alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage", "shimmer", "verse"]
)
"""Taken for the usual voice, so that programs written for OpenAI need no change."""


@dataclass(frozen=True)
class Order:
    """How to speak: everything is checked before any work begins."""

    format: str
    voice: str | None
    speed: float


@dataclass(frozen=True)
class Spoken:
    """Encoded speech."""

    audio: bytes
    format: str
    content_type: str
    seconds: float
    """How long it took to make."""

    def to_json(self) -> dict[str, Any]:
        """The `audio` object of an answer."""
        return {
            "format": self.format,
            "content_type": self.content_type,
            "base64": b64encode(self.audio).decode("ascii"),
        }


def order_of(fields: Fields, assembly: Assembly, *, format_field: str = "format") -> Order:
    """Read format, voice and speed. Raises UnknownValue, BadInput."""
    default = DEFAULT_FORMAT if DEFAULT_FORMAT in assembly.writer.formats else next(iter(assembly.writer.formats))
    return Order(
        format=fields.choice(format_field, assembly.writer.formats.keys(), what="format", default=default),
        voice=_voice(fields, assembly),
        speed=fields.number("speed", SLOWEST, FASTEST, default=1.0),
    )


async def speak(serving: Serving, text: str, language: str, order: Order) -> Spoken:
    """Speak a text of a language. Raises SynthesisFailed, Overloaded."""
    assembly, began = serving.assembly, time.perf_counter()
    speakable = await serving.short_work.run(make_speakable, text, language)
    async with serving.speaking.slot():
        speech = await assembly.synthesizer.synthesize(speakable, language, voice=order.voice, speed=order.speed)
    audio = await serving.short_work.run(assembly.writer.write, speech, order.format)
    return Spoken(audio, order.format, assembly.writer.formats[order.format], time.perf_counter() - began)


def _voice(fields: Fields, assembly: Assembly) -> str | None:
    """None means the usual voice. OpenAI's clients also send `{"id": ...}`."""
    given = (fields.values.get("voice") or [None])[-1]
    if isinstance(given, dict):
        if not isinstance(given.get("id"), str):
            raise BadInput('voice must be a name or {"id": name}.', param="voice")
        fields = Fields({"voice": [given["id"]]})
    name = fields.option("voice")
    if name is None or (name in OPENAI_VOICES and name not in assembly.synthesizer.voices):
        return None
    return one_of(name, assembly.synthesizer.voices, what="voice", param="voice")
