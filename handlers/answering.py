"""From words to the assistant's answer; the handlers own the clock."""

from datetime import UTC, datetime
from typing import Any

from bharatvoice.skills.answering import Answer
from handlers.serving import Serving


async def answer(serving: Serving, text: str, *, language: str | None, heard: bool = True) -> Answer:
    """What the assistant says to `text`; `heard` is False for silence."""
    return await serving.short_work.run(
        serving.assembly.assistant.answer, text, now=datetime.now(UTC), language=language, heard=heard
    )


def reply_json(found: Answer) -> dict[str, Any]:
    """The `reply` object of an answer."""
    return {
        "text": found.text,
        "language": found.language,
        "intent": found.intent,
        "slots": found.slots,
        "is_understood": found.is_understood,
    }


def milliseconds(seconds: float) -> float:
    """For `timings`."""
    return round(seconds * 1000, 1)
