"""POST /v1/ask, and the checks of text and JSON that it shares."""

import base64
from typing import Any

import httpx
import pytest

from tests.handlers.server import Running
from tests.handlers.shape import assert_error


def test_a_text_is_answered_without_audio_unless_asked(client: httpx.Client) -> None:
    answer = client.post("/v1/ask", json={"text": "what time is it", "language": "en"}).json()
    assert set(answer) == {"reply", "audio", "timings", "request_id"}
    assert answer["reply"]["text"] == "You said what time is it"
    assert answer["audio"] is None


def test_the_reply_is_spoken_when_asked(client: httpx.Client, server: Running) -> None:
    order = {"text": "समय", "language": "hindi", "speak": True, "format": "wav", "voice": "male"}
    audio = client.post("/v1/ask", json=order).json()["audio"]
    assert audio["content_type"] == "audio/wav"
    assert base64.b64decode(audio["base64"]).startswith(b"RIFF")
    assert server.synthesizer.spoken[-1][1:] == ("hi", "male", 1.0)


def test_null_fields_mean_absent_ones(client: httpx.Client) -> None:
    order = {"text": "hello", "language": None, "speak": None, "format": None, "voice": None}
    assert client.post("/v1/ask", json=order).status_code == 200


def test_text_reaches_the_assistant_composed_and_without_control_characters(
    client: httpx.Client, server: Running
) -> None:
    client.post("/v1/ask", json={"text": "\u0928\u093c\x00\x07 cafe\u0301 क\u094d\u200dष\n"})
    assert server.parrot.asked[-1][0] == "\u0929   caf\u00e9 क\u094d\u200dष"


@pytest.mark.parametrize(
    ("order", "code", "param"),
    [
        ({}, "text_empty", "text"),
        ({"text": "  "}, "text_empty", "text"),
        ({"text": "\u0000\u0007\u001b\u0085"}, "text_empty", "text"),
        ({"text": "\u200d\u200b"}, "text_empty", "text"),
        ({"text": "अ" * 100_000}, "text_too_long", "text"),
        ({"text": 7}, "invalid_request", "text"),
        ({"text": ["a"]}, "invalid_request", "text"),
        ({"text": "a", "language": "klingon"}, "unknown_language", "language"),
        ({"text": "a", "language": 7}, "invalid_request", "language"),
        ({"text": "a", "speak": "perhaps"}, "invalid_request", "speak"),
        ({"text": "a", "speak": 1}, "invalid_request", "speak"),
        ({"text": "a", "speak": []}, "invalid_request", "speak"),
        ({"text": "a", "format": "midi"}, "unknown_format", "format"),
        ({"text": "a", "voice": "donald"}, "unknown_voice", "voice"),
        ({"text": "a", "speed": True}, "out_of_range", "speed"),
    ],
)
def test_wrong_fields_are_named(client: httpx.Client, order: dict[str, Any], code: str, param: str) -> None:
    assert_error(client.post("/v1/ask", json=order), 400, code, param)


@pytest.mark.parametrize("field", ["text", "language", "voice"])
def test_half_a_surrogate_pair_is_rejected(client: httpx.Client, field: str) -> None:
    body = b'{"text": "hello", "' + field.encode() + b'": "a\\ud800b"}'
    response = client.post("/v1/ask", content=body, headers={"content-type": "application/json"})
    assert_error(response, 400, "text_invalid", field)


def test_the_length_of_a_text_is_checked_before_its_letters(client: httpx.Client) -> None:
    body = b'{"text": "' + b"a" * 100_000 + b'\\ud800"}'
    response = client.post("/v1/ask", content=body, headers={"content-type": "application/json"})
    assert_error(response, 400, "text_too_long", "text")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"text"', b"null", b"\xff\xfe", b"[" * 200_000, b'{"text": ' + b"9" * 10_000 + b"}"]
)
def test_a_body_that_is_no_json_object_is_rejected(client: httpx.Client, body: bytes) -> None:
    response = client.post("/v1/ask", content=body, headers={"content-type": "application/json"})
    assert_error(response, 400, "invalid_json")


def test_a_json_body_of_mebibytes_is_rejected_unread(client: httpx.Client) -> None:
    assert_error(client.post("/v1/ask", json={"text": "a" * 2_000_000}), 400, "text_too_long")


def test_another_content_type_is_415(client: httpx.Client) -> None:
    response = client.post("/v1/ask", content=b'{"text": "a"}', headers={"content-type": "text/plain"})
    assert_error(response, 415, "unknown_content_type", "content-type")
