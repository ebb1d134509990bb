"""Keys, request ids, and headers of every response."""

from collections.abc import Iterator

import httpx
import openai
import pytest
from openai import OpenAI

from bharatvoice.settings import Settings
from tests.handlers.doubles import recording
from tests.handlers.server import Running, running
from tests.handlers.shape import assert_error

KEYS = ("first-key-of-the-tests", "second-key-of-the-tests")


@pytest.fixture(scope="module")
def guarded() -> Iterator[Running]:
    with running(Settings.model_validate({"threads": 1, "api_keys": ",".join(KEYS)})) as found:
        yield found


@pytest.mark.parametrize("key", KEYS)
def test_each_key_opens(guarded: Running, key: str) -> None:
    assert httpx.get(f"{guarded.url}/v1/models", headers={"authorization": f"Bearer {key}"}).status_code == 200


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", f"Basic {KEYS[0]}", KEYS[0], f"Bearer {KEYS[0]}x", f"Bearer {KEYS[0][:-1]}", "Bearer \xff"],
)  # fmt: skip
def test_nothing_else_opens(guarded: Running, header: str | None) -> None:
    headers = [] if header is None else [(b"authorization", header.encode("latin-1"))]
    response = httpx.get(f"{guarded.url}/v1/models", headers=headers)
    assert_error(response, 401, "invalid_api_key")
    assert response.json()["error"]["type"] == "authentication_error"
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_the_key_is_checked_before_the_recording(guarded: Running) -> None:
    response = httpx.post(f"{guarded.url}/v1/voice", content=bytes(1000), headers={"content-type": "nonsense"})
    assert_error(response, 401, "invalid_api_key")


@pytest.mark.parametrize("path", ["/health/live", "/health/startup", "/health/ready"])
def test_health_needs_no_key(guarded: Running, path: str) -> None:
    assert httpx.get(guarded.url + path).status_code == 200


def test_every_route_that_is_not_health_or_page_needs_a_key(guarded: Running) -> None:
    for route in guarded.app.router.routes:
        is_open = route.path == "" or route.path.startswith(("health/", "page/"))
        assert route.ctx.public is is_open, route.path


def test_the_openai_client_sees_an_authentication_error(guarded: Running) -> None:
    with (
        OpenAI(base_url=f"{guarded.url}/v1", api_key="not the right key", max_retries=0) as client,
        pytest.raises(openai.AuthenticationError),
    ):
        client.models.list()


def test_a_sane_request_id_is_echoed(client: httpx.Client) -> None:
    given = "trace-1:2.3/a_b=="
    response = client.post(
        "/v1/voice", content=recording(), headers={"x-request-id": given, "content-type": "audio/wav"}
    )
    assert response.headers["x-request-id"] == response.json()["request_id"] == given


@pytest.mark.parametrize("given", ["", "a" * 129, "a b", "<script>", "é"])
def test_any_other_request_id_is_replaced(client: httpx.Client, given: str) -> None:
    answered = client.get("/health/live", headers=[(b"x-request-id", given.encode())]).headers["x-request-id"]
    assert answered.startswith("req_")


def test_no_two_requests_share_a_request_id(client: httpx.Client) -> None:
    assert len({client.get("/health/live").headers["x-request-id"] for _ in range(5)}) == 5


@pytest.mark.parametrize("path", ["/health/live", "/v1/models", "/nowhere"])
def test_every_response_forbids_sniffing_and_storing(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"].startswith("default-src 'none'")
