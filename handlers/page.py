"""The web page: an explicit table of its files, read once at start."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sanic import HTTPResponse, Request
from sanic.exceptions import NotFound
from sanic.response import raw

DIRECTORY = Path(__file__).parent / "page"
FIRST_FILE = "index.html"
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
}
HEADERS = {
    "cache-control": "no-cache",  # a browser asks each time, and is told that nothing changed
    "content-security-policy": (
        "default-src 'self'; media-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
}


@dataclass(frozen=True)
class PageFile:
    """One file of the page."""

    content: bytes
    content_type: str
    etag: str


def found_files(directory: Path = DIRECTORY) -> dict[str, PageFile]:
    """The files of the page that have a known type, by name."""
    paths = sorted(path for path in directory.glob("*") if path.is_file() and path.suffix in CONTENT_TYPES)
    return {path.name: _read(path) for path in paths}


async def first_page(request: Request[Any, Any]) -> HTTPResponse:
    """`GET /`."""
    return _serve(request, FIRST_FILE)


async def page_file(request: Request[Any, Any], name: str) -> HTTPResponse:
    """`GET /page/NAME`."""
    return _serve(request, name)


def _read(path: Path) -> PageFile:
    content = path.read_bytes()
    return PageFile(content, CONTENT_TYPES[path.suffix], f'"{hashlib.sha256(content).hexdigest()[:32]}"')


def _serve(request: Request[Any, Any], name: str) -> HTTPResponse:
    file: PageFile | None = request.app.ctx.page.get(name)
    if file is None:
        raise NotFound("No such file.")
    headers = {**HEADERS, "etag": file.etag}
    if file.etag in request.headers.get("if-none-match", ""):
        return HTTPResponse(status=304, headers=headers)
    return raw(file.content, headers=headers, content_type=file.content_type)
