"""POST /v1/audio/transcriptions, mostly as the OpenAI client calls it."""

import httpx
import openai
import pytest
import srt
import webvtt
from openai import OpenAI

from tests.handlers.doubles import MODEL, recording
from tests.handlers.server import Running
from tests.handlers.shape import assert_error

PATH = "/v1/audio/transcriptions"
TEXT = "नमस्ते दुनिया what time is it"
FILE = ("a.wav", recording(), "audio/wav")


def test_json_has_the_text_the_languages_and_the_duration(openai_client: OpenAI) -> None:
    found = openai_client.audio.transcriptions.create(model="whisper-1", file=FILE)
    assert found.text == TEXT
    assert found.model_dump()["languages"] == [{"code": "hi"}, {"code": "en"}]
    assert found.model_dump()["usage"] == {"type": "duration", "seconds": 2.0}


def test_verbose_json_names_the_language_in_english_and_the_code_of_each_segment(openai_client: OpenAI) -> None:
    found = openai_client.audio.transcriptions.create(model=MODEL, file=FILE, response_format="verbose_json")
    assert (found.language, (found.model_extra or {})["language_code"]) == ("hindi", "hi")
    assert found.duration == 2.0
    segments = found.segments or []
    assert [(s.id, s.start, s.end) for s in segments] == [(0, 0.25, 1.0), (1, 1.2, 2.0)]
    assert [(s.model_extra or {})["language"] for s in segments] == ["hi", "en"]
    assert found.words is None


def test_words_have_times_when_asked(openai_client: OpenAI, server: Running) -> None:
    found = openai_client.audio.transcriptions.create(
        model="whisper-1", file=FILE, response_format="verbose_json", timestamp_granularities=["word"]
    )
    assert [word.word for word in found.words or []] == TEXT.split()
    assert server.recognizer.asked[-1][1] is True


def test_text_is_the_text(openai_client: OpenAI) -> None:
    assert (
        openai_client.audio.transcriptions.create(model="whisper-1", file=FILE, response_format="text") == f"{TEXT}\n"
    )


def test_srt_can_be_parsed(openai_client: OpenAI) -> None:
    written = openai_client.audio.transcriptions.create(model="whisper-1", file=FILE, response_format="srt")
    assert [cue.content for cue in srt.parse(written)] == ["नमस्ते दुनिया", "what time is it"]


def test_vtt_can_be_parsed(openai_client: OpenAI) -> None:
    written = openai_client.audio.transcriptions.create(model="whisper-1", file=FILE, response_format="vtt")
    assert [cue.text for cue in webvtt.from_string(written).captions] == ["नमस्ते दुनिया", "what time is it"]


def test_a_stream_sends_deltas_that_join_to_the_whole_text(openai_client: OpenAI) -> None:
    with openai_client.audio.transcriptions.create(model="whisper-1", file=FILE, stream=True) as stream:
        *deltas, done = list(stream)
    assert [event.type for event in deltas] == ["transcript.text.delta"] * 2
    assert done.type == "transcript.text.done"
    assert "".join(event.delta for event in deltas if event.type == "transcript.text.delta") == done.text == TEXT


def test_a_stream_ends_with_done(client: httpx.Client) -> None:
    response = client.post(PATH, data={"stream": "true"}, files={"file": FILE})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-request-id"]
    assert response.text.endswith("data: [DONE]\n\n")


def test_a_stream_of_silence_is_one_empty_event(openai_client: OpenAI) -> None:
    silence = ("a.wav", recording(silent=True))
    with openai_client.audio.transcriptions.create(model="whisper-1", file=silence, stream=True) as stream:
        events = list(stream)
    assert [(event.type, getattr(event, "text", None)) for event in events] == [("transcript.text.done", "")]


@pytest.mark.parametrize("name", ["languages[]", "languages"])
def test_candidate_languages_reach_the_recognizer(client: httpx.Client, server: Running, name: str) -> None:
    assert client.post(PATH, data={name: ["hi-IN", "tamil"]}, files={"file": FILE}).status_code == 200
    assert server.recognizer.asked[-1][0] == ("hi", "ta")


def test_fields_of_the_openai_client_that_have_no_effect_are_accepted(openai_client: OpenAI) -> None:
    found = openai_client.audio.transcriptions.create(
        model="gpt-4o-transcribe", file=FILE, prompt="names", include=["logprobs"], chunking_strategy="auto",
        language="hi", temperature=0.2, extra_body={"keywords[]": ["Pune"], "hotwords": "Pune"},
    )  # fmt: skip
    assert found.text == TEXT


@pytest.mark.parametrize(
    ("field", "value", "status", "code", "param"),
    [
        ("model", "gpt-9", 404, "unknown_model", "model"),
        ("response_format", "docx", 400, "unknown_format", "response_format"),
        ("language", "klingon", 400, "unknown_language", "language"),
        ("languages[]", "klingon", 400, "unknown_language", "language"),
        ("timestamp_granularities[]", "letter", 400, "unknown_granularity", "timestamp_granularities"),
        ("temperature", "1.5", 400, "out_of_range", "temperature"),
        ("temperature", "-0.1", 400, "out_of_range", "temperature"),
        ("stream", "maybe", 400, "invalid_request", "stream"),
        ("language", "x" * 100_000, 400, "invalid_request", "language"),
    ],
)
def test_wrong_fields_are_named(
    client: httpx.Client, field: str, value: str, status: int, code: str, param: str
) -> None:
    assert_error(client.post(PATH, data={field: value}, files={"file": FILE}), status, code, param)


def test_the_openai_client_sees_a_bad_request_with_its_code_and_request_id(openai_client: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        openai_client.audio.transcriptions.create(model="whisper-1", file=("a.wav", b"no audio"))
    assert caught.value.code == "audio_undecodable"
    assert caught.value.type == "invalid_request_error"
    assert (caught.value.request_id or "").startswith("req_")
