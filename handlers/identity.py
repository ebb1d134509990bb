"""Who calls and which call it is: API keys, request ids, and the headers that every response carries."""

import hmac
import re
import uuid
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import Unauthorized
from sanic.response import BaseHTTPResponse
from sanic_routing.route import Route

from handlers.serving import serving_of

SANE_ID = re.compile(r"[A-Za-z0-9._:+/=-]{1,128}")
"""Request ids that are echoed: nothing that could break a log line or a header."""

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Of every response that does not say otherwise. Answers are personal, so they are not stored."""


def attach(app: Sanic[Any, Any]) -> None:
    """Stamp every response."""
    app.register_middleware(stamp, "response")


def request_id(request: Request[Any, Any]) -> str:
    """The caller's x-request-id when it is sane, else a new one; the same for all of one request."""
    if not hasattr(request.ctx, "request_id"):
        given = request.headers.get("x-request-id", "")
        request.ctx.request_id = given if SANE_ID.fullmatch(given) else f"req_{uuid.uuid4().hex}"
    return str(request.ctx.request_id)


def check_key(request: Request[Any, Any], route: Route) -> None:
    """Let the request pass if its route is public, no keys are set, or it carries one of them."""
    keys = serving_of(request).settings.api_keys
    if not keys or getattr(route.ctx, "public", False):
        return
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    given = token.strip().encode("utf-8", "surrogatepass")
    # Every key is compared, in constant time, so that timing tells nothing about any of them.
    matches = [hmac.compare_digest(given, key.get_secret_value().encode()) for key in keys]
    if scheme.lower() != "bearer" or not any(matches):
        raise Unauthorized("No valid key.", scheme="Bearer")


async def stamp(request: Request[Any, Any], response: BaseHTTPResponse) -> HTTPResponse | None:
    """Put the request id and the security headers on a response."""
    response.headers["x-request-id"] = request_id(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return None  # no other response instead
