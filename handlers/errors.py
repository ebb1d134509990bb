"""The one shape of every error, and the table of statuses. Nothing else in the handlers builds an error response."""

import logging
import math
from http import HTTPStatus
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import json

from bharatvoice.errors import (
    AudioTooLarge,
    BadInput,
    BharatVoiceError,
    NotReady,
    Overloaded,
    RecognitionFailed,
    SettingsRejected,
    SynthesisFailed,
    UnknownModel,
)
from handlers.identity import request_id

STATUS: dict[type[BharatVoiceError], HTTPStatus] = {
    BadInput: HTTPStatus.BAD_REQUEST,
    AudioTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    UnknownModel: HTTPStatus.NOT_FOUND,
    Overloaded: HTTPStatus.TOO_MANY_REQUESTS,
    NotReady: HTTPStatus.SERVICE_UNAVAILABLE,
    RecognitionFailed: HTTPStatus.INTERNAL_SERVER_ERROR,
    SynthesisFailed: HTTPStatus.INTERNAL_SERVER_ERROR,
    SettingsRejected: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""A class not named here has the status of its nearest ancestor that is."""
STATUS_OF_CODE = {"unknown_content_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
NOT_READY_SECONDS = 5
"""What `retry-after` says while the model loads."""

OF_HTTP: dict[int, tuple[str, str]] = {
    400: ("invalid_request", "The request is not well-formed HTTP."),
    401: ("invalid_api_key", "Send a valid key as `Authorization: Bearer KEY`."),
    404: ("not_found", "There is nothing at this address. GET /openapi.json lists what there is."),
    405: ("method_not_allowed", "This address takes another method; the `allow` header names it."),
    408: ("request_timeout", "The request did not arrive in time. Send it again."),
    413: ("file_too_large", "The request is too large. Send a shorter recording, or send it in parts."),
    417: ("expectation_failed", "Of `Expect` headers only 100-continue is understood."),
    503: ("response_timeout", "The answer took too long. Send a shorter recording."),
}
"""Code and message of what the web server itself rejects."""
UNEXPECTED = ("internal_error", "Something went wrong in the server. Its log has the details under the request id.")

log = logging.getLogger("bharatvoice.handlers")


def attach(app: Sanic[Any, Any]) -> None:
    """Answer every exception of this application in the one shape."""
    app.error_handler.add(Exception, respond)


def error_body(status: int, code: str, message: str, param: str | None = None) -> dict[str, Any]:
    """The shape that the OpenAI clients read."""
    kinds = {401: "authentication_error", 429: "rate_limit_error"}
    kind = kinds.get(status, "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error")
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def status_of(error: BharatVoiceError) -> HTTPStatus:
    """By its code, else by its class or the nearest ancestor in the table."""
    by_class = (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return STATUS_OF_CODE.get(error.code) or next(by_class, HTTPStatus.INTERNAL_SERVER_ERROR)


def respond(request: Request[Any, Any], error: Exception) -> HTTPResponse:
    """The response to any exception. What the server is to blame for is logged; that it still loads is no fault."""
    response = _response(error)
    if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, NotReady):
        log.error("request %s failed with %d", request_id(request), response.status, exc_info=error)
    return response


def _response(error: Exception) -> HTTPResponse:
    if isinstance(error, BharatVoiceError):
        status = status_of(error)
        return json(error_body(status, error.code, error.message, error.param), status, retry_headers(error))
    if isinstance(error, SanicException) and error.status_code in OF_HTTP:
        code, message = OF_HTTP[error.status_code]
        headers = {name.lower(): str(value) for name, value in (getattr(error, "headers", None) or {}).items()}
        headers.pop("content-length", None)
        return json(error_body(error.status_code, code, message), error.status_code, headers)
    return json(error_body(500, *UNEXPECTED), 500)


def retry_headers(error: BharatVoiceError) -> dict[str, str]:
    """When to come back, in the headers that HTTP and the OpenAI clients read."""
    if isinstance(error, Overloaded):
        milliseconds = math.ceil(error.retry_after * 1000)
        return {"retry-after-ms": str(milliseconds), "retry-after": str(math.ceil(error.retry_after))}
    return {"retry-after": str(NOT_READY_SECONDS)} if isinstance(error, NotReady) else {}
