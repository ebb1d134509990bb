"""One server of doubles for all tests of the handlers, and its clients."""

from collections.abc import Iterator

import httpx
import pytest
from openai import OpenAI

from bharatvoice.settings import Settings
from tests.handlers.server import Running, running


@pytest.fixture(scope="session")
def server() -> Iterator[Running]:
    with running(Settings(threads=2)) as found:
        yield found


@pytest.fixture(scope="session")
def client(server: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30) as found:
        yield found


@pytest.fixture(scope="session")
def openai_client(server: Running) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{server.url}/v1", api_key="not needed here", max_retries=0) as found:
        yield found
