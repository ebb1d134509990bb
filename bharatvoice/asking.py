"""One question on the command line, typed or recorded, answered as the server would."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tqdm import tqdm

from bharatvoice.assembly import Assembly
from bharatvoice.errors import UnknownValue
from bharatvoice.languages import find_language
from bharatvoice.settings import Settings
from bharatvoice.voice.speakable import make_speakable

LONGEST_PATH = 255
"""A longer question is text, not the name of a recording."""


def ask(question: str, settings: Settings, *, language: str | None, speak_to: Path | None) -> int:
    """Print the answer, and speak it to a file when one is given. Returns 1 when the question is not understood.

    Raises UnknownValue for a language or a file suffix that is not known, and what reading and recognizing raise.
    """
    code = find_language(language).code if language else None
    with tqdm(bar_format="{desc}, {elapsed}", leave=False, delay=2, file=sys.stderr) as bar:
        bar.set_description_str("loading the model")
        assembly = Assembly.open(settings)
        format = speak_to.suffix.removeprefix(".") if speak_to else None
        if format is not None and format not in assembly.writer.formats:
            raise UnknownValue.of("format", format, assembly.writer.formats, param="--speak")
        bar.set_description_str("listening")
        text, code, heard = _question(assembly, question, code)
        now = datetime.now(ZoneInfo(settings.timezone))
        answer = assembly.assistant.answer(text, now=now, language=code, heard=heard)
        if speak_to and format:
            bar.set_description_str("speaking")
            speakable = make_speakable(answer.text, answer.language)
            speech = asyncio.run(assembly.synthesizer.synthesize(speakable, answer.language))
            speak_to.write_bytes(assembly.writer.write(speech, format))
    print(answer.text)
    return 0 if answer.is_understood else 1


def _question(assembly: Assembly, question: str, language: str | None) -> tuple[str, str | None, bool]:
    """The words of the question, their language, and whether anything was heard."""
    path = Path(question)
    if len(question) > LONGEST_PATH or not path.is_file():
        return question, language, bool(question.strip())
    samples = assembly.reader.read(path.read_bytes())
    transcript = assembly.recognizer.recognize(samples, languages=[language] if language else [])
    print(f"heard ({transcript.language}): {transcript.text or '(nothing that I understand)'}", file=sys.stderr)
    return transcript.text, transcript.language, bool(transcript.text)
