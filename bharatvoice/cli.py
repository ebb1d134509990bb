"""The command line: `bharatvoice serve`, `ask`, `demo`, `doctor`. Errors are one line and a non-zero exit."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bharatvoice import demo, doctor, settings
from bharatvoice.errors import BharatVoiceError


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the console script."""
    parsed = parser().parse_args(arguments)
    try:
        sys.exit(parsed.run(parsed))
    except (BharatVoiceError, OSError) as error:
        sys.exit(f"bharatvoice: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="bharatvoice", description="A voice assistant for the languages of India.")
    commands = top.add_subparsers(required=True, metavar="command")

    serving = commands.add_parser("serve", help="run the HTTP server; settings come from BHARATVOICE_... variables")
    serving.set_defaults(run=serve)

    asking = commands.add_parser("ask", help="ask one question, typed or recorded, and print the answer")
    asking.add_argument("question", help="text, or the path of a recording")
    asking.add_argument("--language", help="code of the language spoken or typed; detected when not given")
    asking.add_argument("--speak", type=Path, metavar="FILE", help="write the spoken answer; the suffix is the format")
    asking.set_defaults(run=ask)

    showing = commands.add_parser("demo", help="speak one question per language to the running server")
    showing.add_argument("--url", help="address of the server; by default the one that the settings name")
    showing.set_defaults(run=show)

    checking = commands.add_parser("doctor", help="say what is installed, what is missing, and what to do")
    checking.set_defaults(run=lambda _: doctor.report(sys.stdout))
    return top


def serve(_: argparse.Namespace) -> int:
    """Become the server process; the domain does not import the web server."""
    os.execv(sys.executable, [sys.executable, "-m", "handlers"])  # noqa: S606 - the interpreter itself, no shell


def ask(parsed: argparse.Namespace) -> int:
    """Answer one question, as the server would."""
    from bharatvoice import asking

    return asking.ask(parsed.question, settings.read(), language=parsed.language, speak_to=parsed.speak)


def show(parsed: argparse.Namespace) -> int:
    """Speak one question per language to a running server."""
    read = settings.read()
    key = read.api_keys[0].get_secret_value() if read.api_keys else None
    return demo.run(parsed.url or f"http://127.0.0.1:{read.port}", key, sys.stdout)


if __name__ == "__main__":
    main()
