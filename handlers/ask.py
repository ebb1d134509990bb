"""`POST /v1/ask`: a text in, the assistant's answer out."""

import time
from typing import Any

from sanic import HTTPResponse, Request
from sanic.response import json

from bharatvoice.languages import find_language
from handlers.answering import answer, milliseconds, reply_json
from handlers.fields import read_json
from handlers.identity import request_id
from handlers.serving import serving_of
from handlers.speaking import order_of, speak


async def answer_text(request: Request[Any, Any]) -> HTTPResponse:
    """Answer, and speak the answer if asked to."""
    began, serving, fields = time.perf_counter(), serving_of(request), read_json(request)
    order = order_of(fields, serving.assembly)
    is_spoken = fields.flag("speak")
    wanted = fields.option("language")
    language = find_language(wanted).code if wanted else None
    text = fields.speakable("text", serving.settings.max_text_characters)

    found = await answer(serving, text, language=language)
    answered = time.perf_counter()
    spoken = await speak(serving, found.text, found.language, order) if is_spoken else None
    timings = {
        "answer_ms": milliseconds(answered - began),
        "synthesize_ms": milliseconds(spoken.seconds if spoken else 0.0),
        "total_ms": milliseconds(time.perf_counter() - began),
    }
    audio = spoken.to_json() if spoken else None
    return json({"reply": reply_json(found), "audio": audio, "timings": timings, "request_id": request_id(request)})
