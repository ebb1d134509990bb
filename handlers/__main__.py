"""`python -m handlers`: reads the settings and serves until it is told to stop."""

import asyncio
import logging
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from bharatvoice import settings as configuration
from bharatvoice.assembly import Assembly
from bharatvoice.errors import SettingsRejected
from bharatvoice.settings import Settings
from handlers.app import Application, create_app

REJECTED, FAILED = 2, 1


def main(open_assembly: Callable[[Settings], Assembly] = Assembly.open) -> int:
    """Serve. Returns the exit status: 2 when a setting is wrong, 1 when something else is."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        settings = configuration.read()
        failure = serve(settings, listen(settings), open_assembly)
    except SettingsRejected as error:
        failure = error
    if isinstance(failure, SettingsRejected):
        print(failure.message, file=sys.stderr)
        return REJECTED
    if failure is not None:
        logging.getLogger("bharatvoice").error("could not start", exc_info=failure)
        return FAILED
    return 0


def listen(settings: Settings) -> socket.socket:
    """A socket on the address of the settings. Raises SettingsRejected when it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise SettingsRejected(
            f"Cannot listen on {settings.host} port {settings.port} ({error.strerror}): set BHARATVOICE_HOST and "
            "BHARATVOICE_PORT."
        ) from None


def address(settings: Settings, listening: socket.socket) -> str:
    """The URL of the socket, with the real port."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listening.getsockname()[1]}"


def serve(
    settings: Settings, listening: socket.socket, open_assembly: Callable[[Settings], Assembly]
) -> Exception | None:
    """Run until stopped. Returns why the assembly could not be opened, if that is what stopped it."""
    app = create_app(settings, open_assembly=open_assembly)
    app.ctx.serving.when_failed = lambda: asyncio.get_running_loop().call_soon(app.stop)

    @app.after_server_start  # by then a signal to stop is heard too
    async def announce(_: Application) -> None:
        print(f"BharatVoice listens on {address(settings, listening)}", flush=True)

    app.run(sock=listening, single_process=True, motd=False, access_log=False)
    failure: Exception | None = app.ctx.serving.failure
    return failure


def leave(status: int) -> NoReturn:
    """End the process with this status, whatever its threads still do."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # nobody reads it any more
            stream.flush()
    # A recognition cannot be interrupted and may take minutes. The interpreter's own exit would wait for its thread,
    # though the server's grace is over and nobody is left to answer.
    os._exit(status)


if __name__ == "__main__":
    leave(main())
