"""What is asked before a body is read: whether the caller may, and whether there is memory for it."""

from typing import Any

from sanic import Request, Sanic
from sanic.models.server_types import ConnInfo
from sanic_routing.route import Route

from bharatvoice.errors import Overloaded
from handlers.identity import check_key
from handlers.serving import serving_of

BODIES_AT_ONCE = 8
"""Times the largest body: what the bodies of all requests together may announce. A usual turn is a hundredth of one."""


class BodyBudget:
    """Bytes of request bodies, over all connections. HTTP/1 has one request at a time on each."""

    def __init__(self, largest: int) -> None:
        self.largest, self.limit = largest, BODIES_AT_ONCE * largest
        self._reserved: dict[ConnInfo, int] = {}

    @property
    def reserved(self) -> int:
        """Bytes reserved now."""
        return sum(self._reserved.values())

    def reserve(self, connection: ConnInfo, size: int, *, retry_after: float) -> None:
        """Reserve in place of what the connection had. Raises Overloaded, with `retry_after` in seconds."""
        self.release(connection)
        if self.reserved + size > self.limit:
            message = f"Too many recordings are arriving already. Try again in {retry_after:.1f} seconds."
            raise Overloaded(message, retry_after=retry_after)
        self._reserved[connection] = size

    def release(self, connection: ConnInfo | None) -> None:
        """Give back what the connection has reserved, if it has."""
        if connection is not None:
            self._reserved.pop(connection, None)


def announced(request: Request[Any, Any], largest: int) -> int:
    """Bytes of body to make room for. One of unknown length counts as the largest."""
    if "transfer-encoding" in request.headers:
        return largest
    size = int(request.headers.get("content-length", 0))  # the web server has rejected what is no number
    return size if size <= largest else 0  # it also rejects, unread, what is too large


def attach(app: Sanic[Any, Any], budget: BodyBudget) -> None:
    """Ask before each body; give back when its request is answered or its connection is lost."""

    async def admit(request: Request[Any, Any], route: Route, **context: object) -> None:
        check_key(request, route)  # in one hook, because Sanic promises no order among several
        if not route.extra.ignore_body and request.conn_info:
            wait = serving_of(request).hearing.retry_after
            budget.reserve(request.conn_info, announced(request, budget.largest), retry_after=wait)

    async def answered(request: Request[Any, Any], **context: object) -> None:
        request.body = b""  # Sanic keeps the last request for as long as its connection is open
        budget.release(request.conn_info)

    async def lost(conn_info: ConnInfo | None, **context: object) -> None:
        budget.release(conn_info)

    app.add_signal(admit, "http.routing.after")
    app.add_signal(answered, "http.lifecycle.response")
    app.add_signal(lost, "http.lifecycle.complete")
