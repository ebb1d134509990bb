"""The real server, as an operator starts it, with the real model and the real voices."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import httpx
import pytest

Speak = Callable[[str, str], bytes]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Its URL, once it is ready. It is stopped with SIGTERM and must end in peace."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BHARATVOICE_")}
    command = [sys.executable, "-m", "bharatvoice.cli", "serve"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=clean | {"BHARATVOICE_PORT": "0", "PYTHONUNBUFFERED": "1"}
    ) as process:
        assert process.stdout
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address
        while httpx.get(f"{address[0]}/health/startup", trust_env=False).status_code != httpx.codes.OK:
            assert process.poll() is None
        yield address[0]
        process.terminate()
        assert process.wait(30) == 0


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def say(client: httpx.Client) -> Speak:
    """A question, spoken by the server's own voice, as a wav file."""

    def spoken(text: str, language: str) -> bytes:
        body = {"model": "tts-1", "voice": "male", "input": text, "language": language, "response_format": "wav"}
        return client.post("/v1/audio/speech", json=body).raise_for_status().content

    return spoken
