"""A real server in a process of its own, and questions to ask it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

QUESTION = "what is the number of the women's helpline"
"""About three seconds of speech, and one of the questions that the assistant answers."""


@contextmanager
def running() -> Iterator[tuple[httpx.Client, int]]:
    """A client of a fresh, ready server on a free port, and the server's process id."""
    environment = os.environ | {"BHARATVOICE_PORT": "0"}
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "handlers"], stdout=subprocess.PIPE, text=True, env=environment
    ) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            address = re.search(r"http://\S+", line)
            if address is None:
                raise RuntimeError(f"the server said {line!r}")
            with httpx.Client(base_url=address[0], timeout=60, trust_env=False) as client:
                while client.get("/health/startup").status_code != httpx.codes.OK:
                    pass
                yield client, server.pid
        finally:
            server.terminate()


def recording(client: httpx.Client, text: str, language: str) -> bytes:
    """A question, spoken by the server, as a wav file."""
    body = {"model": "tts-1", "input": text, "voice": "male", "language": language, "response_format": "wav"}
    answer = client.post("/v1/audio/speech", json=body)
    answer.raise_for_status()
    return answer.content


def resident_megabytes(pid: int) -> float:
    """Resident memory of a process (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else float("nan")


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0))
