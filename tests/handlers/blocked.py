"""`python -m tests.handlers.blocked`: the server as an operator starts it, with a recognizer that never ends."""

from dataclasses import replace

from bharatvoice.settings import Settings
from bharatvoice.speech.transcript import Transcript
from handlers.__main__ import leave, main
from tests.handlers.doubles import Doubles, FixedRecognizer, open_doubles


class BlockedRecognizer(FixedRecognizer):
    """Says that it has begun, and stays."""

    def recognize(self, *args: object, **kwargs: object) -> Transcript:
        print("recognizing", flush=True)
        self.gate.clear()
        self.gate.wait()
        raise AssertionError


def open_blocked(settings: Settings) -> Doubles:
    """Stands in for Assembly.open."""
    return replace(open_doubles(settings), recognizer=BlockedRecognizer())


if __name__ == "__main__":
    leave(main(open_blocked))
