"""`GET /v1/models`: the model that is loaded, and the names under which programs written for OpenAI ask for it."""

from typing import Any

from sanic import HTTPResponse, Request
from sanic.response import json

from bharatvoice.assembly import Assembly
from bharatvoice.errors import UnknownModel
from handlers.serving import Serving, serving_of

HEARING_ALIASES = ("gpt-4o-mini-transcribe", "gpt-4o-transcribe", "whisper-1")
SPEAKING_ALIASES = ("gpt-4o-mini-tts", "tts-1", "tts-1-hd")


async def list_models(request: Request[Any, Any]) -> HTTPResponse:
    """The one model, as a list."""
    return json({"object": "list", "data": [_model(serving_of(request))]})


async def get_model(request: Request[Any, Any], model: str) -> HTTPResponse:
    """The one model, by its name or an alias."""
    serving = serving_of(request)
    check_hearing_model(serving.assembly, model)
    return json(_model(serving))


def check_hearing_model(assembly: Assembly, name: str | None) -> None:
    """Raises UnknownModel unless the name is absent, the loaded model's, or an alias."""
    known = (assembly.recognizer.model, *HEARING_ALIASES)
    if name is not None and name not in known:
        raise UnknownModel.of("model", name, known, param="model")


def check_speaking_model(name: str | None) -> None:
    """Raises UnknownModel unless the name is absent or an alias; there is one synthesizer."""
    if name is not None and name not in SPEAKING_ALIASES:
        raise UnknownModel.of("model", name, SPEAKING_ALIASES, param="model")


def _model(serving: Serving) -> dict[str, Any]:
    name, created = serving.assembly.recognizer.model, int(serving.started.timestamp())
    return {"id": name, "object": "model", "created": created, "owned_by": "bharatvoice"}
