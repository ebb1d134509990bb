"""`GET /openapi.json`: the description of this API, kept as data in `openapi.yaml`."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from sanic import HTTPResponse, Request
from sanic.response import json

from bharatvoice import __version__


async def describe(_: Request[Any, Any]) -> HTTPResponse:
    """The OpenAPI 3.1 document."""
    return json(document())


@cache
def document() -> dict[str, Any]:
    """The document, with the version of the program."""
    found: dict[str, Any] = yaml.safe_load(files("handlers").joinpath("openapi.yaml").read_text(encoding="utf-8"))
    found["info"]["version"] = __version__
    return found
