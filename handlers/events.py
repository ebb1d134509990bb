"""Server-sent events, as the OpenAI clients read them."""

import json
from collections.abc import Iterable
from typing import Any

from sanic import Request


async def send_events(request: Request[Any, Any], events: Iterable[dict[str, Any]]) -> None:
    """Send each event as one `data:` line of JSON, then `[DONE]`."""
    response = await request.respond(content_type="text/event-stream; charset=utf-8")
    for event in events:
        await response.send(f"data: {json.dumps(event, ensure_ascii=False)}\n\n")
    await response.send("data: [DONE]\n\n")
    await response.eof()
