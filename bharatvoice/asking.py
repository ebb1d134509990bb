"""One question on the command line, typed or recorded, answered as the server would."""

import asyncio
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tqdm import tqdm

from bharatvoice import assembly
from bharatvoice.errors import UnknownValue
from bharatvoice.languages import find_language
from bharatvoice.settings import Settings
from bharatvoice.skills.answering import Answer, Assistant
from bharatvoice.voice.speakable import make_speakable

LONGEST_PATH = 255
"""A longer question is text, not the name of a recording."""


@dataclass(frozen=True)
class Asked:
    """The words of a question, and the language they are in, where known."""

    text: str
    language: str | None
    heard: bool
    """False when there was only silence."""


def ask(question: str, settings: Settings, *, language: str | None, speak_to: Path | None) -> int:
    """Print the answer, and speak it to a file when one is given. Returns 1 when the question is not understood.

    Raises UnknownValue for a language or a file suffix that is not known, and what reading and recognizing raise.
    """
    code = find_language(language).code if language else None
    format = _format_of(speak_to) if speak_to else ""
    with tqdm(total=3, desc="listening", bar_format="{desc} {bar} {elapsed}", leave=False, disable=None) as bar:
        asked = (
            _hear(question, settings, code)
            if _is_recording(question)
            else Asked(question, code, bool(question.strip()))
        )
        bar.update()
        bar.set_description_str("answering")
        assistant = Assistant.load(settings.timezone)
        now = datetime.now(ZoneInfo(settings.timezone))
        answer = assistant.answer(asked.text, now=now, language=asked.language, heard=asked.heard)
        bar.update()
        if speak_to:
            bar.set_description_str("speaking")
            speak_to.write_bytes(_speak(answer, settings, format))
    print(answer.text)
    return 0 if answer.is_understood else 1


def _is_recording(question: str) -> bool:
    return len(question) <= LONGEST_PATH and "\0" not in question and Path(question).is_file()


def _hear(path: str, settings: Settings, language: str | None) -> Asked:
    samples = assembly.open_reader(settings).read(Path(path).read_bytes())
    recognizer = assembly.open_recognizer(settings)
    transcript = recognizer.recognize(samples, languages=[language] if language else [])
    print(f"heard ({transcript.language}): {transcript.text or '(nothing that I understand)'}", file=sys.stderr)
    is_silence = transcript.is_understood and not transcript.text
    return Asked(transcript.text, transcript.language, not is_silence)


def _format_of(path: Path) -> str:
    formats = assembly.open_writer().formats
    format = path.suffix.removeprefix(".")
    if format not in formats:
        raise UnknownValue.of("format", format, formats, param="--speak")
    return format


def _speak(answer: Answer, settings: Settings, format: str) -> bytes:
    speakable = make_speakable(answer.text, answer.language)
    speech = asyncio.run(assembly.open_synthesizer(settings).synthesize(speakable, answer.language))
    return assembly.open_writer().write(speech, format)
