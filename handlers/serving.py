"""What one process serves from: settings, the assembly once it is loaded, and the queues in front of it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sanic import Request

from bharatvoice.assembly import Assembly
from bharatvoice.errors import NotReady
from bharatvoice.settings import Settings
from bharatvoice.speech.admission import Admission
from bharatvoice.speech.card import STARTER_MODEL

LOG = logging.getLogger("bharatvoice")

SHORT_WORK_THREADS = 2
"""Threads for what takes milliseconds: finding an answer, encoding speech; as many for taking forms apart."""
SHORT_WORK_WAITING = 8
"""Times `max_waiting`: short work is turned away much later than recordings are."""


@dataclass
class Serving:
    """State of the process."""

    settings: Settings
    hearing: Admission
    """Decoding and recognition together: a decoded hour is 230 MB, so it is decoded only when its turn has come."""
    short_work: Admission
    splitting: Admission
    """Taking forms apart; each that waits holds a recording, as in `hearing`."""
    speaking: Admission
    started: datetime
    loaded: Assembly | None = None
    checking: asyncio.Task[dict[str, str | None]] | None = None
    """The round of readiness checks that runs now."""
    failure: Exception | None = None
    when_failed: Callable[[], object] = lambda: None
    """Called once when the assembly cannot be opened."""

    @classmethod
    def of(cls, settings: Settings) -> "Serving":
        patience = SHORT_WORK_WAITING * settings.max_waiting
        return cls(
            settings=settings,
            hearing=Admission(settings.threads, settings.max_waiting),
            short_work=Admission(SHORT_WORK_THREADS, patience),
            splitting=Admission(SHORT_WORK_THREADS, settings.max_waiting),
            speaking=Admission(settings.threads, patience),
            started=datetime.now(UTC),
        )

    @property
    def assembly(self) -> Assembly:
        """The loaded parts. Raises NotReady before they are."""
        if self.failure is not None:
            raise NotReady("The server could not load its model; its log says why.")
        if self.loaded is None:
            raise NotReady("The server is loading its model. Try again in a few seconds.")
        return self.loaded

    async def load(self, open_assembly: Callable[[Settings], Assembly]) -> None:
        """Open the assembly in a thread, so that health answers meanwhile."""
        try:
            self.loaded = await asyncio.to_thread(open_assembly, self.settings)
            self.announce(self.loaded.recognizer.model)
        except Exception as error:  # whatever it is, the operator must see it
            self.failure = error
            self.when_failed()

    @staticmethod
    def announce(model: str) -> None:
        """Say in the log which model listens; the starter loudly, so that nobody takes it for more."""
        is_starter = model == STARTER_MODEL
        note = " (understands sample sentences of synthetic voices only; set BHARATVOICE_MODEL)" if is_starter else ""
        LOG.log(logging.WARNING if is_starter else logging.INFO, "recognition model: %s%s", model, note)

    def close(self) -> None:
        for queue in (self.hearing, self.short_work, self.splitting, self.speaking):
            queue.close()


def serving_of(request: Request[Any, Any]) -> Serving:
    """The state of the process that this request came to."""
    serving: Serving = request.app.ctx.serving
    return serving
