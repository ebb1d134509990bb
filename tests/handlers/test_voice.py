"""POST /v1/voice."""

import base64
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from tests.handlers.doubles import MODEL, recording
from tests.handlers.server import Running
from tests.handlers.shape import assert_error

HEARD = "नमस्ते दुनिया what time is it"


def test_a_recording_is_heard_answered_and_spoken(client: httpx.Client) -> None:
    answer = client.post("/v1/voice", files={"file": ("a.wav", recording(), "audio/wav")}).json()
    assert set(answer) == {"transcript", "reply", "audio", "timings", "model", "request_id"}
    assert answer["transcript"]["text"] == HEARD
    assert [segment["language"] for segment in answer["transcript"]["segments"]] == ["hi", "en"]
    assert answer["transcript"]["duration"] == 2.0
    assert answer["reply"] == {
        "text": f"You said {HEARD}", "language": "hi", "intent": "echo", "slots": {}, "is_understood": True,
    }  # fmt: skip
    assert (answer["audio"]["format"], answer["audio"]["content_type"]) == ("mp3", "audio/mpeg")
    assert base64.b64decode(answer["audio"]["base64"]).startswith(b"ID3")
    assert answer["model"] == MODEL


def test_indian_letters_are_sent_as_they_are(client: httpx.Client) -> None:
    assert HEARD in client.post("/v1/voice", files={"file": ("a.wav", recording())}).text


def test_the_timings_of_the_steps_add_up_to_no_more_than_the_whole(client: httpx.Client) -> None:
    timings = client.post("/v1/voice", content=recording(), headers={"content-type": "audio/wav"}).json()["timings"]
    total = timings.pop("total_ms")
    assert set(timings) == {"decode_ms", "recognize_ms", "answer_ms", "synthesize_ms"}
    assert sum(timings.values()) <= total + 0.5


def test_a_raw_body_takes_its_fields_from_the_query(client: httpx.Client, server: Running) -> None:
    query = {"language": "hi-IN", "voice": "male", "format": "wav", "speed": "2"}
    answer = client.post("/v1/voice", params=query, content=recording(), headers={"content-type": "audio/webm"}).json()
    assert answer["audio"]["format"] == "wav"
    assert server.recognizer.asked[-1][0] == ("hi",)
    assert server.synthesizer.spoken[-1][1:] == ("hi", "male", 2.0)


def test_fields_of_the_form_win_over_the_query(client: httpx.Client) -> None:
    answer = client.post(
        "/v1/voice", params={"format": "wav"}, data={"format": "pcm"}, files={"file": ("a.wav", recording())}
    ).json()
    assert answer["audio"]["format"] == "pcm"


def test_audio_none_leaves_the_audio_out(client: httpx.Client, server: Running) -> None:
    before = len(server.synthesizer.spoken)
    answer = client.post(
        "/v1/voice", params={"audio": "none"}, content=recording(), headers={"content-type": "audio/wav"}
    ).json()
    assert answer["audio"] is None
    assert len(server.synthesizer.spoken) == before


@pytest.mark.parametrize(("accept", "content_type"), [("audio/*", "audio/mpeg"), ("audio/wav", "audio/wav")])
def test_who_accepts_audio_gets_the_audio_itself(client: httpx.Client, accept: str, content_type: str) -> None:
    headers = {"content-type": "audio/wav", "accept": accept}
    response = client.post("/v1/voice", content=recording(), headers=headers)
    assert response.headers["content-type"] == content_type
    assert response.content[:3] in (b"ID3", b"RIF")
    assert unquote(response.headers["x-transcript"]) == HEARD
    assert unquote(response.headers["x-reply"]) == f"You said {HEARD}"


def test_silence_is_answered_not_rejected(client: httpx.Client, server: Running) -> None:
    response = client.post("/v1/voice", content=recording(silent=True), headers={"content-type": "audio/wav"})
    assert response.status_code == 200
    assert response.json()["transcript"]["text"] == ""
    assert response.json()["reply"]["text"] == "I heard nothing"
    text, _, _, heard = server.parrot.asked[-1]
    assert (text, heard) == ("", False)


def test_the_assistant_is_told_the_time(client: httpx.Client, server: Running) -> None:
    before = datetime.now(UTC)
    client.post("/v1/voice", content=recording(), headers={"content-type": "audio/wav"})
    assert before <= server.parrot.asked[-1][1] <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("language", "klingon", "unknown_language"),
        ("language", "te", "unknown_language"),  # in the table, but this model does not know it
        ("voice", "donald", "unknown_voice"),
        ("format", "midi", "unknown_format"),
        ("audio", "maybe", "unknown_audio"),
        ("speed", "9", "out_of_range"),
        ("speed", "nan", "out_of_range"),
        ("speed", "fast", "out_of_range"),
    ],
)
def test_a_wrong_field_is_named_before_any_work(
    client: httpx.Client, server: Running, field: str, value: str, code: str
) -> None:
    before = len(server.recognizer.asked)
    response = client.post(
        "/v1/voice", params={field: value}, content=recording(), headers={"content-type": "audio/wav"}
    )
    assert_error(response, 400, code, field)
    assert len(server.recognizer.asked) == before


@pytest.mark.parametrize("body", [b"not audio at all", b"\x00" * 5000, recording()[:20]])
def test_what_is_not_audio_is_rejected_and_the_next_request_works(client: httpx.Client, body: bytes) -> None:
    headers: dict[str, Any] = {"content-type": "audio/wav"}
    assert_error(client.post("/v1/voice", content=body, headers=headers), 400, "audio_undecodable")
    assert client.post("/v1/voice", content=recording(), headers=headers).status_code == 200
