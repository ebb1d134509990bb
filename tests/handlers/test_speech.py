"""POST /v1/audio/speech, mostly as the OpenAI client calls it."""

import base64
import io
import json
import wave
from typing import Any

import httpx
import pytest
from openai import OpenAI

from tests.handlers.server import Running
from tests.handlers.shape import assert_error

PATH = "/v1/audio/speech"


def test_the_openai_client_gets_wav_that_plays(openai_client: OpenAI) -> None:
    found = openai_client.audio.speech.create(model="tts-1", voice="alloy", input="வணக்கம்", response_format="wav")
    with wave.open(io.BytesIO(found.content)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        assert file.getnframes() > 0


def test_mp3_is_the_default(openai_client: OpenAI) -> None:
    found = openai_client.audio.speech.create(model="gpt-4o-mini-tts", voice="female", input="hello")
    assert found.response.headers["content-type"] == "audio/mpeg"


def test_the_language_is_that_of_the_text_unless_given(client: httpx.Client, server: Running) -> None:
    client.post(PATH, json={"input": "வணக்கம் hello"})
    client.post(PATH, json={"input": "नमस्कार", "language": "mr"})
    assert [language for _, language, _, _ in server.synthesizer.spoken[-2:]] == ["ta", "mr"]


def test_a_voice_may_be_an_object(client: httpx.Client, server: Running) -> None:
    assert client.post(PATH, json={"input": "hello", "voice": {"id": "male"}, "speed": 0.5}).status_code == 200
    assert server.synthesizer.spoken[-1][2:] == ("male", 0.5)


def test_events_carry_the_same_audio_in_pieces(client: httpx.Client) -> None:
    order = {"input": "hello " * 100, "response_format": "wav"}
    whole = client.post(PATH, json=order).content
    lines = client.post(PATH, json={**order, "stream_format": "sse"}).text.split("\n\n")
    assert lines[-2:] == ["data: [DONE]", ""]
    *deltas, done = [json.loads(line.removeprefix("data: ")) for line in lines[:-2]]
    assert done == {"type": "speech.audio.done"}
    assert len(deltas) > 1
    assert b"".join(base64.b64decode(event["audio"]) for event in deltas) == whole


@pytest.mark.parametrize(
    ("order", "status", "code", "param"),
    [
        ({"input": ""}, 400, "text_empty", "input"),
        ({"input": "\x01\x02"}, 400, "text_empty", "input"),
        ({"input": "a" * 100_000}, 400, "text_too_long", "input"),
        ({"input": "a", "speed": 0.2}, 400, "out_of_range", "speed"),
        ({"input": "a", "speed": 4.1}, 400, "out_of_range", "speed"),
        ({"input": "a", "model": "gpt-9"}, 404, "unknown_model", "model"),
        ({"input": "a", "voice": "donald"}, 400, "unknown_voice", "voice"),
        ({"input": "a", "voice": {}}, 400, "invalid_request", "voice"),
        ({"input": "a", "response_format": "midi"}, 400, "unknown_format", "response_format"),
        ({"input": "a", "stream_format": "tape"}, 400, "unknown_stream_format", "stream_format"),
        ({"input": "a", "language": "klingon"}, 400, "unknown_language", "language"),
    ],
)
def test_wrong_fields_are_named(
    client: httpx.Client, order: dict[str, Any], status: int, code: str, param: str
) -> None:
    assert_error(client.post(PATH, json=order), status, code, param)
