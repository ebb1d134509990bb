"""`POST /v1/voice`: a recording in, the assistant's answer out, as JSON or as audio."""

import time
from typing import Any
from urllib.parse import quote

from sanic import HTTPResponse, Request
from sanic.response import json, raw

from bharatvoice.languages import languages
from bharatvoice.skills.answering import Answer
from bharatvoice.speech.transcript import Segment, Transcript
from handlers.answering import answer, milliseconds, reply_json
from handlers.fields import Fields
from handlers.hearing import Heard, hear, heard_language
from handlers.identity import request_id
from handlers.serving import serving_of
from handlers.speaking import Spoken, order_of, speak
from handlers.uploads import read_upload

LONGEST_HEADER_TEXT = 400
"""Characters of text in a header: percent-encoded Indian letters take nine bytes, and proxies cut at 8 kB."""


async def answer_voice(request: Request[Any, Any]) -> HTTPResponse:
    """Hear, answer, speak."""
    began, serving = time.perf_counter(), serving_of(request)
    assembly, upload = serving.assembly, await read_upload(request)
    fields, as_audio = upload.fields, wants_audio(request)
    is_spoken = fields.choice("audio", ("base64", "none"), what="audio", default="base64") == "base64" or as_audio
    order = order_of(_with_accepted_format(request, fields, assembly.writer.formats), assembly)
    wanted = fields.option("language")
    language = heard_language(assembly, wanted, param="language") if wanted else None

    heard = await hear(serving, upload.recording, [language] if language else [])
    asked, found = await _answer(request, heard.transcript, language)
    spoken = await speak(serving, found.text, found.language, order) if is_spoken else None
    if spoken and as_audio:
        return _audio(heard.transcript, found, spoken)
    body = {
        "transcript": transcript_json(heard.transcript),
        "reply": reply_json(found),
        "audio": spoken.to_json() if spoken else None,
        "timings": _timings(heard, asked, spoken, time.perf_counter() - began),
        "model": assembly.recognizer.model,
        "request_id": request_id(request),
    }
    return json(body)


def wants_audio(request: Request[Any, Any]) -> bool:
    """Whether the caller prefers the audio itself to JSON."""
    return str(request.accept.match("application/json", "audio/*")) == "audio/*"


def transcript_json(transcript: Transcript) -> dict[str, Any]:
    """The `transcript` object of an answer."""
    return {
        "text": transcript.text,
        "language": transcript.language,
        "language_probability": round(transcript.language_probability, 4),
        "is_understood": transcript.is_understood,
        "duration": round(transcript.duration, 3),
        "segments": [_segment(segment) for segment in transcript.segments],
    }


def _segment(segment: Segment) -> dict[str, Any]:
    start, end = round(segment.start, 3), round(segment.end, 3)
    return {"id": segment.id, "start": start, "end": end, "text": segment.text, "language": segment.language}


async def _answer(request: Request[Any, Any], transcript: Transcript, language: str | None) -> tuple[float, Answer]:
    """Seconds taken and the answer, in the caller's language where the words do not tell another."""
    began = time.perf_counter()
    detected = transcript.language if transcript.language_probability > 0 else None
    preferred = next((code for code in (language, detected) if code in languages()), None)
    is_silence = transcript.is_understood and not transcript.text
    found = await answer(serving_of(request), transcript.text, language=preferred, heard=not is_silence)
    return time.perf_counter() - began, found


def _with_accepted_format(request: Request[Any, Any], fields: Fields, formats: dict[str, str]) -> Fields:
    """`Accept: audio/wav` names the format, unless the field does."""
    accepted = [name for name, kind in formats.items() if kind.partition(";")[0] in request.accept]
    if fields.option("format") or not accepted:
        return fields
    return Fields({**fields.values, "format": [accepted[0]]})


def _audio(transcript: Transcript, found: Answer, spoken: Spoken) -> HTTPResponse:
    headers = {
        "x-transcript": quote(transcript.text[:LONGEST_HEADER_TEXT]),
        "x-reply": quote(found.text[:LONGEST_HEADER_TEXT]),
        "x-language": quote(found.language),
    }
    return raw(spoken.audio, headers=headers, content_type=spoken.content_type)


def _timings(heard: Heard, asked: float, spoken: Spoken | None, total: float) -> dict[str, float]:
    return {
        "decode_ms": milliseconds(heard.decode_seconds),
        "recognize_ms": milliseconds(heard.recognize_seconds),
        "answer_ms": milliseconds(asked),
        "synthesize_ms": milliseconds(spoken.seconds if spoken else 0.0),
        "total_ms": milliseconds(total),
    }
