"""Memory for request bodies: bounded over all connections, and given back."""

import asyncio
import gc
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Event
from typing import cast
from urllib.parse import urlsplit

import httpx
import pytest
from sanic import Request
from sanic.models.protocol_types import TransportProtocol
from sanic.models.server_types import ConnInfo

from bharatvoice.settings import Settings
from handlers.admitting import BODIES_AT_ONCE
from tests.handlers.doubles import recording
from tests.handlers.server import Running, running
from tests.handlers.shape import assert_error

WAV = {"content-type": "audio/wav"}
KEY = "a-key-of-these-tests"
SMALL = recording(0.02)


@pytest.fixture(scope="module")
def guarded() -> Iterator[Running]:
    settings = {"threads": 1, "max_waiting": 1, "max_upload_bytes": 4096, "api_keys": KEY}
    with running(Settings.model_validate(settings)) as found:
        yield found


@pytest.fixture
def caller(guarded: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=guarded.url, headers={"authorization": f"Bearer {KEY}"}, timeout=30) as found:
        yield found


def announce(server: Running, length: str, *, key: str = KEY, path: str = "/v1/voice") -> tuple[socket.socket, bytes]:
    """Send the head of a request, and no body. Returns the connection and what the server says first."""
    place = urlsplit(server.url)
    connection = socket.create_connection((str(place.hostname), int(place.port or 0)), timeout=30)
    head = f"POST {path} HTTP/1.1\r\nauthorization: Bearer {key}\r\nexpect: 100-continue\r\n{length}\r\n\r\n"
    connection.sendall(head.encode())
    return connection, connection.recv(65536)


def assert_given_back(server: Running) -> None:
    """Nothing is reserved, once the server has noticed which connections are lost."""
    for _ in range(300):
        if server.app.ctx.bodies.reserved:
            httpx.get(f"{server.url}/health/live")
    assert server.app.ctx.bodies.reserved == 0


def largest(server: Running) -> int:
    return int(server.app.config.REQUEST_MAX_SIZE)


@pytest.mark.parametrize("length", ["content-length: {largest}", "transfer-encoding: chunked"])
def test_bodies_that_arrive_are_bounded_over_all_connections_and_lost_ones_make_room(
    guarded: Running, caller: httpx.Client, length: str
) -> None:
    header = length.format(largest=largest(guarded))
    with ExitStack() as connections:
        for _ in range(BODIES_AT_ONCE):
            connection, answer = announce(guarded, header)
            connections.enter_context(connection)
            assert answer == b"HTTP/1.1 100 Continue\r\n\r\n"
        turned_away = caller.post("/v1/voice", content=SMALL, headers=WAV)
        assert_error(turned_away, 429, "overloaded")
        assert int(turned_away.headers["retry-after-ms"]) > 0
        assert caller.get("/health/live").status_code == 200
    assert_given_back(guarded)
    assert caller.post("/v1/voice", content=SMALL, headers=WAV).status_code == 200


def test_an_answered_request_gives_its_bytes_back_while_its_connection_stays(
    guarded: Running, caller: httpx.Client
) -> None:
    for _ in range(2 * BODIES_AT_ONCE):
        assert caller.post("/v1/voice", content=iter([SMALL]), headers=WAV).status_code == 200
        assert caller.post("/v1/voice", content=iter([b"no audio"]), headers=WAV).status_code == 400
    assert guarded.app.ctx.bodies.reserved == 0


def test_a_connection_that_ends_without_any_answer_gives_its_bytes_back(guarded: Running) -> None:
    connection = ConnInfo(cast(TransportProtocol, asyncio.Transport()))
    guarded.app.ctx.bodies.reserve(connection, 1000, retry_after=1.0)
    ended = guarded.app.dispatch("http.lifecycle.complete", inline=True, context={"conn_info": connection})
    asyncio.run_coroutine_threadsafe(ended, guarded.loop).result(30)
    assert guarded.app.ctx.bodies.reserved == 0


def test_an_answered_request_holds_no_recording_while_its_connection_stays(caller: httpx.Client) -> None:
    marked = recording(0.05) + b"the mark of this test"
    assert caller.post("/v1/voice", content=marked, headers=WAV).status_code == 200
    assert not [found for found in gc.get_objects() if type(found) is Request and found.body == marked]


def test_strangers_take_no_memory_from_callers(guarded: Running) -> None:
    with ExitStack() as connections:
        for key, path in [("not the key", "/v1/voice"), (KEY, "/nowhere")] * BODIES_AT_ONCE:
            connections.enter_context(announce(guarded, f"content-length: {largest(guarded)}", key=key, path=path)[0])
        assert guarded.app.ctx.bodies.reserved == 0


def test_a_public_address_reads_no_body(guarded: Running) -> None:
    public = [route for route in guarded.app.router.routes if route.ctx.public]
    assert public
    assert all(route.extra.ignore_body for route in public)


def test_a_recording_that_is_too_large_is_413_however_full_the_server_is(guarded: Running) -> None:
    with ExitStack() as connections:
        for _ in range(BODIES_AT_ONCE):
            connections.enter_context(announce(guarded, "transfer-encoding: chunked")[0])
        connection, answer = announce(guarded, "content-length: 999999999999")
        connections.enter_context(connection)
        while b"\r\n\r\n{" not in answer and (more := connection.recv(65536)):
            answer += more
    assert b"HTTP/1.1 413 " in answer
    assert b"file_too_large" in answer
    assert_given_back(guarded)


def test_no_more_forms_wait_to_be_split_than_recordings_wait_to_be_heard(
    guarded: Running, caller: httpx.Client
) -> None:
    splitting, gate = guarded.app.ctx.serving.splitting, Event()
    waiting = [asyncio.run_coroutine_threadsafe(splitting.run(gate.wait, 60), guarded.loop) for _ in range(3)]
    try:
        assert_error(caller.post("/v1/voice", files={"file": ("a.wav", SMALL)}), 429, "overloaded")
        assert caller.post("/v1/voice", content=SMALL, headers=WAV).status_code == 200
    finally:
        gate.set()
    assert [call.result(60) for call in waiting] == [True, True, True]
    assert caller.post("/v1/voice", files={"file": ("a.wav", SMALL)}).status_code == 200
