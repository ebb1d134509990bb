"""A server of the page alone: it answers from canned JSON and remembers what it was sent."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.page.tone import tone_wav

PAGE = Path(__file__).parents[2] / "handlers" / "page"
POLICY = "default-src 'self'; media-src 'self' blob: data:"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
KEY = "a-key-of-the-tests"
TRANSCRIPT: dict[str, Any] = {
    "text": "अभी समय क्या हुआ है",
    "language": "hi",
    "language_probability": 0.98,
    "is_understood": True,
    "duration": 2.0,
    "segments": [],
}
VOICE_REPLY: dict[str, Any] = {
    "text": "अभी शाम के 5 बजकर 42 मिनट हुए हैं।",
    "language": "hi",
    "intent": "time.now",
    "slots": {},
}
TEXT_REPLY: dict[str, Any] = {"text": "25 times 4 is 100.", "language": "en", "intent": "calculate", "slots": {}}
TIMINGS = {"answer_ms": 2.7, "synthesize_ms": 88.2, "total_ms": 91.4}
VOICE_TIMINGS = {**TIMINGS, "decode_ms": 11.0, "recognize_ms": 412.6, "total_ms": 515.1}


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
    is_busy: bool = False
    answer_seconds: float = 0.4
    transcript: dict[str, Any] = field(default_factory=lambda: dict(TRANSCRIPT))
    sent: list[Sent] = field(default_factory=list)

    def last(self, path: str) -> Sent:
        return [request for request in self.sent if request.path == path][-1]

    def respond(self, request: Sent) -> tuple[int, Any]:
        if request.path == "/health/ready":
            return 200, {"status": "ready", "model": self.model}
        if self.needs_key and request.authorization != f"Bearer {KEY}":
            return 401, {"error": {"message": "Send an API key.", "code": "unauthorized"}}
        if self.is_busy:
            return 429, {"error": {"message": "Too many recordings wait.", "code": "overloaded"}}
        return {"/v1/ask": self._asked, "/v1/voice": self._heard}[request.path]()

    def _asked(self) -> tuple[int, Any]:
        return 200, {"reply": TEXT_REPLY, "audio": self._audio(), "timings": TIMINGS, "request_id": "r-1"}

    def _heard(self) -> tuple[int, Any]:
        body = {"transcript": self.transcript, "reply": VOICE_REPLY, "audio": self._audio(), "timings": VOICE_TIMINGS}
        return 200, {**body, "model": self.model, "request_id": "r-1"}

    def _audio(self) -> dict[str, str]:
        wav = tone_wav(16_000, 0, self.answer_seconds, 0)
        return {"format": "wav", "content_type": "audio/wav", "base64": base64.b64encode(wav).decode()}


def _handler(server: FakeServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            file = PAGE / ("index.html" if path == "/" else path.removeprefix("/page/"))
            if file.is_file():
                self._send(200, TYPES[file.suffix], file.read_bytes())
            else:
                self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            request = Sent(parts.path, dict(parse_qsl(parts.query)), body, self.headers.get("authorization"))
            server.sent.append(request)
            status, answer = server.respond(request)
            self._send(status, "application/json", json.dumps(answer).encode())

        def _send(self, status: int, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", content_type)
            self.send_header("content-length", str(len(body)))
            self.send_header("content-security-policy", POLICY)
            self.send_header("x-request-id", "r-1")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet: the tests say what went wrong."""

    return Handler


@contextmanager
def serve(server: FakeServer) -> Iterator[FakeServer]:
    """Serves on a free loopback port while the block runs."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
