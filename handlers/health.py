"""Whether the process lives, has started, and can serve. Open to everybody, so that probes need no key."""

import asyncio
from http import HTTPStatus
from typing import Any

from sanic import HTTPResponse, Request
from sanic.response import json

from bharatvoice.assembly import Assembly
from bharatvoice.speech.card import STARTER_MODEL
from handlers.errors import NOT_READY_SECONDS, error_body
from handlers.serving import Serving, serving_of

CHECK_SECONDS = 15.0
"""All checks together; each has its own, shorter bound."""
STARTER_NOTE = "starter model: understands sample sentences only"


async def live(_: Request[Any, Any]) -> HTTPResponse:
    """The event loop turns."""
    return json({"status": "live"})


async def startup(request: Request[Any, Any]) -> HTTPResponse:
    """200 once the model is loaded; NotReady before."""
    return json({"status": "started", "model": serving_of(request).assembly.recognizer.model})


async def ready(request: Request[Any, Any]) -> HTTPResponse:
    """200 when every dependency works, else 503 naming what failed."""
    serving = serving_of(request)
    checks = await _checks(serving, serving.assembly)
    failed = {name: complaint for name, complaint in checks.items() if complaint is not None}
    shown = {name: complaint or "ok" for name, complaint in checks.items()}
    if failed:
        message = "Not ready: " + "; ".join(f"{name}: {complaint}" for name, complaint in failed.items())
        body = {**error_body(503, "not_ready", message), "checks": shown}
        return json(body, HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": str(NOT_READY_SECONDS)})
    recognizer = serving.assembly.recognizer
    body = {"status": "ready", "model": recognizer.model, "languages": list(recognizer.languages), "checks": shown}
    if recognizer.model == STARTER_MODEL:
        body["note"] = STARTER_NOTE
    return json(body)


async def _checks(serving: Serving, assembly: Assembly) -> dict[str, str | None]:
    """One round of checks at a time, however many ask: callers who come meanwhile share it."""
    if serving.checking is None or serving.checking.done():
        serving.checking = asyncio.create_task(assembly.check())
    try:
        return await asyncio.wait_for(asyncio.shield(serving.checking), CHECK_SECONDS)
    except TimeoutError:
        return {"checks": f"no answer within {CHECK_SECONDS:.0f} seconds"}
