"""What is installed, what is missing, and what to do about it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TextIO

from bharatvoice import settings
from bharatvoice.errors import SettingsRejected

PACKAGES = ("sanic", "faster-whisper", "ctranslate2", "av", "onnxruntime", "hassil", "holidays", "babel")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `remedy` is None when it is fine."""

    what: str
    found: str
    remedy: str | None


def report(out: TextIO) -> int:
    """Print every finding; 0 when nothing needs doing, else 1."""
    findings = list(examine(shutil.which))
    for finding in findings:
        mark = "ok     " if finding.remedy is None else "missing"
        out.write(f"{mark} {finding.what}: {finding.found}\n")
        if finding.remedy:
            out.write(f"        {finding.remedy}\n")
    return int(any(finding.remedy for finding in findings))


def examine(which: Callable[[str], str | None]) -> Iterator[Finding]:
    """Look at the interpreter, packages, programs, settings and the model."""
    running = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("Python", running, None if sys.version_info >= (3, 11) else "Install Python 3.11 or later.")
    for package in PACKAGES:
        yield _package(package)
    yield _program(which, "espeak-ng", "speaks the answers", "apt-get install espeak-ng")
    yield from _settings_and_model()
    yield Finding("cores", str(len(os.sched_getaffinity(0))), None)


def _package(name: str) -> Finding:
    try:
        return Finding(f"package {name}", version(name), None)
    except PackageNotFoundError:
        return Finding(f"package {name}", "not installed", "Run `make run`, or pip install -r requirements.lock.")


def _program(which: Callable[[str], str | None], name: str, purpose: str, install: str) -> Finding:
    path = which(name)
    return Finding(f"program {name} ({purpose})", path or "not on PATH", None if path else f"Install it: {install}")


def _settings_and_model() -> Iterator[Finding]:
    try:
        read = settings.read()
    except SettingsRejected as error:
        yield Finding("settings", "rejected", error.message)
        return
    yield Finding("settings", f"profile {read.profile}, listening on {read.host}:{read.port}", None)
    yield _model(read)


def _model(read: settings.Settings) -> Finding:
    """Open the model, as the server would."""
    try:
        from bharatvoice.assembly import open_recognizer  # the packages that it needs may be what is missing

        return Finding("model", open_recognizer(read).model, None)
    except ImportError as error:
        return Finding("model", f"{read.model} cannot be opened: {error}", "Install the missing packages first.")
    except SettingsRejected as error:
        return Finding("model", f"{read.model} cannot be opened", error.message)
