"""Whatever is sent, the answer is the documented one, in bounded time, and the next request works."""

import io
import struct
import time
import wave
from collections.abc import Callable, Iterator

import av
import httpx
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.acceptance.conftest import Speak

SECONDS = 30.0
"""No refusal may take longer, on any machine that runs these tests."""


def wav(samples: NDArray[np.int16] | NDArray[np.float64], rate: int = 16_000) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(samples.astype("<i2").tobytes())
    return buffer.getvalue()


def flac_of_silence(hours: float) -> bytes:
    """A small file that decodes to hours."""
    buffer = io.BytesIO()
    minute = np.zeros((1, 60 * 8000), dtype=np.int16)
    with av.open(buffer, "w", format="flac") as output:
        stream = output.add_stream("flac", rate=8000)
        for _ in range(int(hours * 60)):
            frame = av.AudioFrame.from_ndarray(minute, format="s16", layout="mono")
            frame.sample_rate = 8000
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return buffer.getvalue()


def three_channels(rate: int = 96_000) -> bytes:
    """One second of noise, three channels of 24 bits."""
    body = np.random.default_rng(0).integers(0, 256, rate * 9, dtype=np.uint8).tobytes()
    form = struct.pack("<IHHIIHH", 16, 1, 3, rate, rate * 9, 9, 24)
    return (
        b"RIFF" + struct.pack("<I", 36 + len(body)) + b"WAVEfmt " + form + b"data" + struct.pack("<I", len(body)) + body
    )


@pytest.fixture(autouse=True)
def _server_survives(client: httpx.Client) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < SECONDS
    assert client.post("/v1/ask", json={"text": "what time is it"}).json()["reply"]["intent"] == "time.now"


@pytest.mark.parametrize(
    ("make", "status", "code"),
    [
        pytest.param(lambda: b"", 400, "audio_empty", id="empty body"),
        pytest.param(lambda: b"this is a letter, not a recording. " * 40, 400, "audio_undecodable", id="not audio"),
        pytest.param(lambda: wav(np.ones(80_000, np.int16))[:50_000], 400, "audio_undecodable", id="cut off"),
        pytest.param(lambda: wav(np.empty(0, np.int16)), 400, "audio_empty", id="no samples"),
        pytest.param(lambda: b"RIFF" + b"\0" * (25 * 1024 * 1024 - 3), 413, "file_too_large", id="25 MiB and a byte"),
        pytest.param(lambda: flac_of_silence(10), 413, "audio_too_long", id="ten hours in a small file"),
        pytest.param(lambda: b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", 400, "audio_undecodable", id="playlist"),
    ],
)
def test_a_bad_recording_is_refused(client: httpx.Client, make: Callable[[], bytes], status: int, code: str) -> None:
    recording = make()
    answers = [
        client.post("/v1/voice", content=recording, headers={"Content-Type": "audio/wav"}),
        client.post(
            "/v1/audio/transcriptions", files={"file": ("a.wav", recording, "audio/wav")}, data={"model": "whisper-1"}
        ),
    ]
    for answer in answers:
        error = answer.json()["error"]
        assert (answer.status_code, error["code"]) == (status, code)
        assert error.keys() == {"message", "type", "param", "code"}
        assert len(error["message"]) > 20
        assert answer.headers["x-request-id"]


@pytest.mark.parametrize(
    "recording",
    [
        pytest.param(wav(np.zeros(32_000, np.int16)), id="silence"),
        pytest.param(wav(np.random.default_rng(0).normal(0, 300, 32_000)), id="hiss"),
        pytest.param(wav(np.zeros(10, np.int16)), id="ten samples"),
        pytest.param(three_channels(), id="three channels, 96 kHz, 24 bits"),
    ],
)
def test_what_holds_no_speech_is_answered_with_empty_text(client: httpx.Client, recording: bytes) -> None:
    told = client.post("/v1/voice", content=recording, headers={"Content-Type": "audio/wav"}).raise_for_status().json()
    assert told["transcript"]["text"] == ""
    assert told["reply"]["intent"] is None
    assert told["reply"]["text"]


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/v1/ask", '{"text": "\\ud800"}', 400, "text_invalid"),
        ("/v1/ask", '{"text": ""}', 400, "text_empty"),
        ("/v1/ask", '{"text": "\\u200c\\u200d"}', 400, "text_empty"),
        ("/v1/ask", '{"text": "' + "क" * 100_000 + '"}', 400, "text_too_long"),
        ("/v1/ask", '{"text": "x", "language": "tlh"}', 400, "unknown_language"),
        ("/v1/ask", '{"text"', 400, "invalid_json"),
        ("/v1/audio/speech", '{"model": "tts-1", "voice": "alloy", "input": "x", "response_format": "midi"}', 400,
         "unknown_format"),
        ("/v1/audio/speech", '{"model": "tts-1", "voice": "alloy", "input": "' + "x" * 100_000 + '"}', 400,
         "text_too_long"),
    ],
)  # fmt: skip
def test_bad_text_is_refused(client: httpx.Client, path: str, body: str, status: int, code: str) -> None:
    answer = client.post(path, content=body.encode(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize(
    ("text", "is_understood"),
    [
        ("time क्या हुआ है నమస్తే", False),
        ("what\u0000 time\u202e is\u0007 it", True),
        ("😀😀😀", False),
    ],
)
def test_mixed_scripts_and_control_characters_are_answered_aloud(
    client: httpx.Client, text: str, is_understood: bool
) -> None:
    told = client.post("/v1/ask", json={"text": text, "speak": True}).raise_for_status().json()
    assert told["reply"]["is_understood"] is is_understood
    assert told["reply"]["text"]
    assert told["audio"]["base64"]


def test_an_unknown_model_is_not_found(client: httpx.Client, say: Speak) -> None:
    files = {"file": ("a.wav", say("help", "en"), "audio/wav")}
    answer = client.post("/v1/audio/transcriptions", files=files, data={"model": "gpt-9"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_model")


def test_nowhere_and_the_wrong_method_have_the_same_shape(client: httpx.Client) -> None:
    for answer, status in ((client.get("/nowhere"), 404), (client.get("/v1/ask"), 405)):
        assert answer.status_code == status
        assert answer.json()["error"].keys() == {"message", "type", "param", "code"}
