"""The description of the API is valid and complete."""

import re

import httpx
from openapi_spec_validator import validate

from bharatvoice import __version__
from tests.handlers.server import Running


def test_the_document_is_valid_openapi(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert document["info"]["version"] == __version__


def test_every_route_is_described_and_everything_described_is_a_route(server: Running, client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    described = {(method.upper(), path) for path, item in paths.items() for method in item}
    served = {
        (method, "/" + re.sub(r"<(\w+):\w+>", r"{\1}", route.path))
        for route in server.app.router.routes
        for method in route.methods
    }
    assert described == served


def test_every_post_has_an_example_or_a_form(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path, item in paths.items():
        content = item.get("post", {}).get("requestBody", {}).get("content", {})
        assert not content or "multipart/form-data" in content or "example" in content["application/json"], path
