"""A server of the page alone: it answers from canned JSON and remembers what it was sent."""

import base64
import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

PAGE = Path(__file__).parents[2] / "handlers" / "page"
POLICY = "default-src 'self'; media-src 'self' blob: data:"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
         ".svg": "image/svg+xml"}  # fmt: skip
KEY = "a-key-of-the-tests"
TRANSCRIPT = {"text": "अभी समय क्या हुआ है", "language": "hi", "language_probability": 0.98, "is_understood": True,
              "duration": 2.0, "segments": []}  # fmt: skip
VOICE_REPLY = {"text": "अभी शाम के 5 बजकर 42 मिनट हुए हैं।", "language": "hi", "intent": "time.now", "slots": {}}
TEXT_REPLY = {"text": "25 times 4 is 100.", "language": "en", "intent": "calculate", "slots": {}}


@dataclass
class Sent:
    """One request as the browser made it."""

    path: str
    query: dict[str, str]
    body: bytes
    authorization: str | None


@dataclass
class FakeServer:
    """What the canned server serves, and what it got."""

    url: str = ""
    model: str = "starter-synthetic"
    needs_key: bool = False
    seconds: float = 1.0
    sent: list[Sent] = field(default_factory=list)

    def last(self, path: str) -> Sent:
        return [request for request in self.sent if request.path == path][-1]


def spoken(seconds: float) -> dict[str, str]:
    """Audio of an answer, as the server would send it."""
    tone = f"sine=frequency=330:duration={seconds}"
    wav = subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", tone, "-f", "wav", "-"], capture_output=True)  # noqa: S607
    return {"format": "wav", "content_type": "audio/wav", "base64": base64.b64encode(wav.stdout).decode()}


