"""One shape for everything that goes wrong."""

import inspect
import json
import socket
from concurrent.futures import ThreadPoolExecutor, as_completed
from urllib.parse import urlsplit

import httpx
import openai
import pytest
from openai import OpenAI

from bharatvoice import errors
from bharatvoice.errors import (
    BharatVoiceError,
    NotReady,
    Overloaded,
    RecognitionFailed,
    SynthesisFailed,
    UnknownValue,
)
from bharatvoice.settings import Settings
from handlers.errors import STATUS, retry_headers, status_of
from tests.handlers.doubles import recording
from tests.handlers.server import Running, running
from tests.handlers.shape import assert_error

WAV = {"content-type": "audio/wav"}
EXPECTED = {
    "BharatVoiceError": 500, "BadInput": 400, "AudioRejected": 400, "AudioTooLarge": 413, "TextRejected": 400,
    "UnknownValue": 400, "UnknownModel": 404, "RecognitionFailed": 500, "SynthesisFailed": 500, "Overloaded": 429,
    "NotReady": 503, "SettingsRejected": 500, "ModelMissing": 500,
}  # fmt: skip


def made(kind: type[BharatVoiceError]) -> BharatVoiceError:
    return Overloaded("Wait.", retry_after=1.5) if kind is Overloaded else kind("Message.")


def test_every_error_of_the_project_has_its_status() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, BharatVoiceError)]
    assert {kind.__name__: int(status_of(made(kind))) for kind in kinds} == EXPECTED
    assert set(STATUS) <= set(kinds)


def test_what_a_retry_can_help_says_when() -> None:
    assert retry_headers(Overloaded("Wait.", retry_after=1.234)) == {"retry-after-ms": "1234", "retry-after": "2"}
    assert int(retry_headers(NotReady("Loading."))["retry-after"]) > 0
    assert retry_headers(UnknownValue("No.")) == {}


def test_an_unknown_address_is_404(client: httpx.Client) -> None:
    assert_error(client.get("/v1/nothing"), 404, "not_found")
    assert_error(client.get("/page/../../etc/passwd"), 404, "not_found")


def test_another_method_is_405_and_names_the_right_one(client: httpx.Client) -> None:
    response = client.get("/v1/ask")
    assert_error(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "POST"


def test_an_unexpected_error_is_500_and_leaks_nothing(server: Running, client: httpx.Client) -> None:
    server.recognizer.failure = ZeroDivisionError("secret detail")
    try:
        response = client.post("/v1/voice", content=recording(), headers=WAV)
    finally:
        server.recognizer.failure = None
    assert_error(response, 500, "internal_error")
    assert "secret" not in response.text
    assert "ZeroDivision" not in response.text


def test_a_failed_recognition_is_500_with_its_code(server: Running, client: httpx.Client) -> None:
    server.recognizer.failure = RecognitionFailed("The recognizer failed on this recording. Try again.")
    try:
        assert_error(client.post("/v1/voice", content=recording(), headers=WAV), 500, "recognition_failed")
    finally:
        server.recognizer.failure = None
    assert client.post("/v1/voice", content=recording(), headers=WAV).status_code == 200


@pytest.mark.parametrize("failure", [ZeroDivisionError("odd"), RecognitionFailed("It failed."), SynthesisFailed("No.")])
@pytest.mark.parametrize("given", [{}, {"x-request-id": "trace-7"}])
def test_the_log_has_every_failure_of_the_server_under_the_id_that_the_caller_was_told(
    server: Running,
    client: httpx.Client,
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
    given: dict[str, str],
) -> None:
    server.recognizer.failure = failure
    try:
        response = client.post("/v1/voice", content=recording(), headers={**WAV, **given})
    finally:
        server.recognizer.failure = None
    (record,) = [record for record in caplog.records if record.name == "bharatvoice.handlers"]
    assert response.headers["x-request-id"] in record.getMessage()
    assert given.get("x-request-id", "req_") in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[1] is failure


@pytest.mark.parametrize("failure", [NotReady("Loading."), UnknownValue("No."), Overloaded("Wait.", retry_after=1.0)])
def test_what_is_no_fault_of_the_server_is_not_logged(
    server: Running, client: httpx.Client, caplog: pytest.LogCaptureFixture, failure: Exception
) -> None:
    server.recognizer.failure = failure
    try:
        assert client.post("/v1/voice", content=recording(), headers=WAV).status_code >= 400
    finally:
        server.recognizer.failure = None
    assert not [record for record in caplog.records if record.name == "bharatvoice.handlers"]


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"nonsense\r\n\r\n", 400, "invalid_request"),
        (b"GET / HTTP/9.9\r\n\r\n", 400, "invalid_request"),
        (b"POST /v1/ask HTTP/1.1\r\ncontent-length: many\r\n\r\n", 400, "invalid_request"),
        (b"GET / HTTP/1.1\r\nx: " + b"a" * 100_000 + b"\r\n\r\n", 413, "file_too_large"),
        (b"POST /v1/voice HTTP/1.1\r\ncontent-length: 999999999999\r\n\r\n", 413, "file_too_large"),
        (b"POST /v1/ask HTTP/1.1\r\nexpect: miracles\r\ncontent-length: 1\r\n\r\n", 417, "expectation_failed"),
    ],
)
def test_malformed_http_has_the_same_shape(server: Running, sent: bytes, status: int, code: str) -> None:
    place = urlsplit(server.url)
    with socket.create_connection((str(place.hostname), int(place.port or 0)), timeout=10) as connection:
        connection.sendall(sent)
        head, _, body = _all(connection).partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"x-request-id: " in head.lower()
    error = json.loads(body)["error"]
    assert (error["code"], error["type"]) == (code, "invalid_request_error")


def test_above_the_queue_callers_are_told_when_to_come_back_and_the_queue_is_served() -> None:
    with running(Settings(threads=1, max_waiting=1)) as server, ThreadPoolExecutor(4) as callers:
        server.recognizer.gate.clear()
        try:
            calls = [
                callers.submit(httpx.post, f"{server.url}/v1/voice", content=recording(), headers=WAV, timeout=60)
                for _ in range(4)
            ]
            first_answers = as_completed(calls, timeout=60)
            for turned_away in (next(first_answers).result(), next(first_answers).result()):
                assert_error(turned_away, 429, "overloaded")
                assert turned_away.json()["error"]["type"] == "rate_limit_error"
                assert 0 < int(turned_away.headers["retry-after-ms"]) <= 60_000
                assert int(turned_away.headers["retry-after"]) >= 1
            with (
                OpenAI(base_url=f"{server.url}/v1", api_key="none", max_retries=0) as client,
                pytest.raises(openai.RateLimitError),
            ):
                client.audio.transcriptions.create(model="whisper-1", file=("a.wav", recording()))
        finally:
            server.recognizer.gate.set()
        assert sorted(call.result().status_code for call in calls) == [200, 200, 429, 429]
        assert httpx.post(f"{server.url}/v1/voice", content=recording(), headers=WAV).status_code == 200


def test_an_answer_that_takes_too_long_is_503_and_the_next_request_works() -> None:
    with running(Settings(threads=1)) as server:
        server.app.config.update(RESPONSE_TIMEOUT=0.2)
        server.recognizer.gate.clear()
        try:
            response = httpx.post(f"{server.url}/v1/voice", content=recording(), headers=WAV, timeout=60)
        finally:
            server.recognizer.gate.set()
        assert_error(response, 503, "response_timeout")
        server.app.config.update(RESPONSE_TIMEOUT=60)
        assert httpx.post(f"{server.url}/v1/voice", content=recording(), headers=WAV).status_code == 200


def _all(connection: socket.socket) -> bytes:
    received = b""
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionResetError:
        pass
    return received
