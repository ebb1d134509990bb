"""`POST /v1/audio/transcriptions`, in the shape of OpenAI's API."""

from collections.abc import Callable, Iterator
from typing import Any

from sanic import HTTPResponse, Request
from sanic.response import json, text

from bharatvoice.languages import languages
from bharatvoice.speech.subtitles import to_srt, to_vtt
from bharatvoice.speech.transcript import Segment, Transcript
from handlers.events import send_events
from handlers.fields import one_of
from handlers.hearing import hear, heard_language
from handlers.models import check_hearing_model
from handlers.serving import serving_of
from handlers.uploads import read_upload

GRANULARITIES = ("segment", "word")
Writer = Callable[[Transcript, tuple[str, ...]], HTTPResponse]


async def transcribe(request: Request[Any, Any]) -> HTTPResponse | None:
    """Write a recording down in the format that was asked for."""
    serving, upload = serving_of(request), await read_upload(request)
    fields, assembly = upload.fields, serving.assembly
    check_hearing_model(assembly, fields.option("model"))
    write = WRITERS[fields.choice("response_format", WRITERS, what="format", default="json")]
    granularities = tuple(fields.options("timestamp_granularities")) or ("segment",)
    for given in granularities:
        one_of(given, GRANULARITIES, what="granularity", param="timestamp_granularities")
    is_streamed = fields.flag("stream")
    wanted = [fields.option("language") or ""] if fields.option("language") else fields.options("languages")
    heard = await hear(
        serving,
        upload.recording,
        [heard_language(assembly, language, param="language") for language in wanted],
        word_times="word" in granularities,
        temperature=fields.number("temperature", 0.0, 1.0, default=0.0),
    )
    if is_streamed:
        await send_events(request, _events(heard.transcript))
        return None
    return write(heard.transcript, granularities)


def _json(transcript: Transcript, _: tuple[str, ...]) -> HTTPResponse:
    return json({"text": transcript.text, "languages": _languages(transcript), "usage": _usage(transcript)})


def _verbose(transcript: Transcript, granularities: tuple[str, ...]) -> HTTPResponse:
    """OpenAI names the language in English; its code is an extra, here and in each segment."""
    row = languages().get(transcript.language)
    body = {
        "task": "transcribe",
        "language": row.name.lower() if row else transcript.language,
        "language_code": transcript.language,
        "duration": transcript.duration,
        "text": transcript.text,
        "segments": [_segment(segment) for segment in transcript.segments],
        "usage": _usage(transcript),
    }
    if "word" in granularities:
        words = [word for segment in transcript.segments for word in segment.words]
        body["words"] = [{"word": word.word, "start": word.start, "end": word.end} for word in words]
    return json(body)


def _text(transcript: Transcript, _: tuple[str, ...]) -> HTTPResponse:
    return text(transcript.text + "\n", content_type="text/plain; charset=utf-8")


def _srt(transcript: Transcript, _: tuple[str, ...]) -> HTTPResponse:
    return text(to_srt(transcript.segments), content_type="application/x-subrip; charset=utf-8")


def _vtt(transcript: Transcript, _: tuple[str, ...]) -> HTTPResponse:
    return text(to_vtt(transcript.segments), content_type="text/vtt; charset=utf-8")


WRITERS: dict[str, Writer] = {"json": _json, "text": _text, "srt": _srt, "vtt": _vtt, "verbose_json": _verbose}


def _segment(segment: Segment) -> dict[str, Any]:
    names = (
        "id", "seek", "start", "end", "text", "tokens", "temperature", "avg_logprob", "compression_ratio",
        "no_speech_prob", "language",
    )  # fmt: skip
    return {name: getattr(segment, name) for name in names}


def _events(transcript: Transcript) -> Iterator[dict[str, Any]]:
    """One delta per segment, then the whole; the deltas joined are the segments' texts joined by spaces."""
    said = [segment.text for segment in transcript.segments if segment.text]
    for index, piece in enumerate(said):
        yield {"type": "transcript.text.delta", "delta": piece if index == 0 else f" {piece}"}
    yield {
        "type": "transcript.text.done",
        "text": transcript.text,
        "languages": _languages(transcript),
        "usage": _usage(transcript),
    }


def _languages(transcript: Transcript) -> list[dict[str, str]]:
    """Every language heard, in order of first use; empty for silence."""
    return [{"code": code} for code in dict.fromkeys(segment.language for segment in transcript.segments)]


def _usage(transcript: Transcript) -> dict[str, Any]:
    return {"type": "duration", "seconds": transcript.duration}
