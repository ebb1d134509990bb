"""Runs the real server on a free loopback port, in a thread."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import httpx
from sanic import Sanic

from bharatvoice.assembly import Assembly
from bharatvoice.settings import Settings
from handlers.app import Application, create_app
from tests.handlers.doubles import Doubles, FixedRecognizer, Parrot, ToneSynthesizer, open_doubles

Sanic.test_mode = True  # one process makes several applications


@dataclass
class Running:
    """A server that runs."""

    url: str
    app: Application
    loop: asyncio.AbstractEventLoop = field(repr=False)
    stop: Callable[[], Any] = field(repr=False)

    @property
    def doubles(self) -> Doubles:
        return cast(Doubles, self.app.ctx.serving.assembly)

    @property
    def recognizer(self) -> FixedRecognizer:
        return cast(FixedRecognizer, self.doubles.recognizer)

    @property
    def parrot(self) -> Parrot:
        return cast(Parrot, self.doubles.assistant)

    @property
    def synthesizer(self) -> ToneSynthesizer:
        return cast(ToneSynthesizer, self.doubles.synthesizer)


@contextmanager
def running(
    settings: Settings, *, open_assembly: Callable[[Settings], Assembly] = open_doubles, until_started: bool = True
) -> Iterator[Running]:
    """Serve while the block runs; by default enter it only once the assembly is open."""
    app = create_app(settings, open_assembly=open_assembly)
    listening = socket.create_server(("127.0.0.1", 0))
    listens: threading.Event = threading.Event()
    loop = asyncio.new_event_loop()
    stopped = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(_serve(app, listening, listens, stopped)))
    thread.start()
    assert listens.wait(30)
    server = Running(
        f"http://127.0.0.1:{listening.getsockname()[1]}", app, loop, lambda: loop.call_soon_threadsafe(stopped.set)
    )
    try:
        while until_started and httpx.get(f"{server.url}/health/startup").status_code != 200:
            pass
        yield server
    finally:
        server.stop()
        thread.join()
        loop.close()


async def _serve(app: Application, listening: socket.socket, listens: threading.Event, stopped: asyncio.Event) -> None:
    server: Any = await app.create_server(sock=listening, return_asyncio_server=True)
    await server.startup()
    await server.before_start()
    await server.after_start()
    listens.set()
    await stopped.wait()
    await server.before_stop()
    await server.close()
    for connection in list(server.connections):
        connection.close()
    await server.after_stop()
