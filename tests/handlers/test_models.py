"""GET /v1/models."""

import httpx
import openai
import pytest
from openai import OpenAI

from tests.handlers.doubles import MODEL
from tests.handlers.shape import assert_error


def test_the_loaded_model_is_the_list(openai_client: OpenAI) -> None:
    assert [model.id for model in openai_client.models.list()] == [MODEL]


@pytest.mark.parametrize("name", [MODEL, "whisper-1", "gpt-4o-transcribe"])
def test_the_loaded_model_is_found_by_name_and_alias(openai_client: OpenAI, name: str) -> None:
    assert openai_client.models.retrieve(name).id == MODEL


def test_an_unknown_model_is_not_found(openai_client: OpenAI, client: httpx.Client) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        openai_client.models.retrieve("gpt-9")
    assert caught.value.code == "unknown_model"
    assert MODEL in assert_error(client.get("/v1/models/somebody/some-model"), 404, "unknown_model", "model")
