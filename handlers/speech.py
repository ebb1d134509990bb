"""`POST /v1/audio/speech`, in the shape of OpenAI's API."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from sanic import HTTPResponse, Request
from sanic.response import raw

from bharatvoice.dialogue.language_choice import choose
from bharatvoice.languages import find_language
from handlers.events import send_events
from handlers.fields import read_json
from handlers.models import check_speaking_model
from handlers.serving import serving_of
from handlers.speaking import order_of, speak

CHUNK_BYTES = 24 * 1024
"""Audio per event; a multiple of three, so that chunks of base64 can be joined as they are."""


async def speak_text(request: Request[Any, Any]) -> HTTPResponse | None:
    """Speak a text in the language given, else in the one that its script and words tell."""
    serving, fields = serving_of(request), read_json(request)
    order = order_of(fields, serving.assembly, format_field="response_format")
    check_speaking_model(fields.option("model"))
    stream_format = fields.choice("stream_format", ("audio", "sse"), what="stream_format", default="audio")
    text = fields.speakable("input", serving.settings.max_text_characters)
    wanted = fields.option("language")
    language = find_language(wanted).code if wanted else choose(text, (), None)

    spoken = await speak(serving, text, language, order)
    if stream_format == "sse":
        await send_events(request, _events(spoken.audio))
        return None
    return raw(spoken.audio, content_type=spoken.content_type)


def _events(audio: bytes) -> Iterator[dict[str, Any]]:
    for start in range(0, len(audio), CHUNK_BYTES):
        yield {
            "type": "speech.audio.delta",
            "audio": b64encode(audio[start : start + CHUNK_BYTES]).decode("ascii"),
        }
    yield {"type": "speech.audio.done"}
