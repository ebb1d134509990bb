"""The application: the table of routes, and what the web server is told."""

import asyncio
import json
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

from sanic import Sanic
from sanic.config import Config

from bharatvoice.assembly import Assembly
from bharatvoice.settings import Settings
from handlers import admitting, ask, errors, health, identity, models, openapi, page, speech, transcriptions, voice
from handlers.serving import Serving
from handlers.uploads import FORM_OVERHEAD

Application = Sanic[Config, SimpleNamespace]

PUBLIC: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "/", page.first_page),
    ("GET", "/page/<name:str>", page.page_file),
    ("GET", "/health/live", health.live),
    ("GET", "/health/startup", health.startup),
    ("GET", "/health/ready", health.ready),
)
"""Routes that need no key."""
PROTECTED: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "/openapi.json", openapi.describe),
    ("POST", "/v1/voice", voice.answer_voice),
    ("POST", "/v1/ask", ask.answer_text),
    ("POST", "/v1/audio/transcriptions", transcriptions.transcribe),
    ("POST", "/v1/audio/speech", speech.speak_text),
    ("GET", "/v1/models", models.list_models),
    ("GET", "/v1/models/<model:path>", models.get_model),
)
"""Routes that need a key when keys are set."""


def server_settings(settings: Settings) -> dict[str, object]:
    """What Sanic would otherwise choose for us."""
    return {
        # A little above the largest recording, so that our own check of it answers, with its message.
        "REQUEST_MAX_SIZE": settings.max_upload_bytes + FORM_OVERHEAD,
        # Seconds without progress. Headers come at once; an hour of audio on a small machine takes minutes, and the
        # OpenAI clients wait 600 s.
        "REQUEST_TIMEOUT": 30,
        "RESPONSE_TIMEOUT": 600,
        # Longer than the 60 s of usual proxies, so that the proxy closes first and no request meets a closed socket.
        "KEEP_ALIVE_TIMEOUT": 75,
        # Recognition of a usual turn ends in this time; Kubernetes kills after 30 s.
        "GRACEFUL_SHUTDOWN_TIMEOUT": 20.0,
        "ACCESS_LOG": False,  # addresses of people are not logged
        "MOTD": False,
        "AUTO_EXTEND": False,
        "REQUEST_ID_HEADER": "",
    }


def create_app(settings: Settings, *, open_assembly: Callable[[Settings], Assembly] = Assembly.open) -> Application:
    """The composition root. The assembly is opened after the server has started to listen."""
    app = Sanic(
        "bharatvoice",
        env_prefix=None,  # only settings.py reads the environment
        configure_logging=False,
        dumps=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),  # Indian letters as they are
    )
    app.config.update(server_settings(settings))
    app.ctx.serving = serving = Serving.of(settings)
    app.ctx.page = page.found_files()
    errors.attach(app)
    identity.attach(app)
    app.ctx.bodies = admitting.BodyBudget(app.config.REQUEST_MAX_SIZE)
    admitting.attach(app, app.ctx.bodies)
    for is_public, routes in ((True, PUBLIC), (False, PROTECTED)):
        for method, path, handler in routes:
            # A stranger's body is not read: it would take memory from callers who have a key.
            app.route(path, methods=[method], ignore_body=is_public, ctx_public=is_public)(handler)

    @app.after_server_start
    async def load(app: Application) -> None:
        app.ctx.loading = asyncio.create_task(serving.load(open_assembly))

    @app.after_server_stop
    async def close(app: Application) -> None:
        app.ctx.loading.cancel()
        serving.close()

    return app
