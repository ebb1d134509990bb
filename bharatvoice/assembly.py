"""The one place that picks adapters: from settings to everything that a turn needs."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

from bharatvoice.adapters.av_audio_reader import AvAudioReader
from bharatvoice.adapters.av_audio_writer import AvAudioWriter
from bharatvoice.adapters.espeak_synthesizer import EspeakSynthesizer
from bharatvoice.adapters.faster_whisper_recognizer import FasterWhisperRecognizer
from bharatvoice.errors import SettingsRejected
from bharatvoice.settings import STARTER_REFUSED, Settings
from bharatvoice.skills.answering import Assistant
from bharatvoice.speech.ports import AudioReader, Recognizer
from bharatvoice.voice.ports import AudioWriter, Synthesizer

CHECK_SECONDS = 5.0
"""A dependency that has not answered after this is reported as failing."""


def open_recognizer(settings: Settings) -> FasterWhisperRecognizer:
    """Blocking, seconds: the model loaded and warmed. Raises ModelMissing, SettingsRejected."""
    recognizer = FasterWhisperRecognizer.load(
        settings.model_location,
        offline=settings.offline,
        device=settings.device,
        compute_type=settings.compute_type,
        threads=settings.threads,
        short_windows=settings.short_windows,
    )
    if recognizer.is_starter and settings.refuses_starter:
        raise SettingsRejected(STARTER_REFUSED)
    recognizer.warm()
    return recognizer


def open_reader(settings: Settings) -> AudioReader:
    """Decodes recordings within the limits of the settings."""
    return AvAudioReader(settings.max_upload_bytes, settings.max_audio_seconds)


def open_synthesizer(settings: Settings) -> Synthesizer:
    """Speaks; one process per core at a time, and at least two."""
    return EspeakSynthesizer(concurrency=max(2, settings.threads))


def open_writer() -> AudioWriter:
    """Encodes speech."""
    return AvAudioWriter()


@dataclass(frozen=True)
class Assembly:
    """Everything that a spoken turn needs, opened and warmed."""

    settings: Settings
    reader: AudioReader
    recognizer: Recognizer
    assistant: Assistant
    synthesizer: Synthesizer
    writer: AudioWriter

    @classmethod
    def open(cls, settings: Settings) -> "Assembly":
        """Blocking, seconds: loads and warms the model. Raises ModelMissing or another SettingsRejected."""
        return cls(
            settings=settings,
            reader=open_reader(settings),
            recognizer=open_recognizer(settings),
            assistant=Assistant.load(settings.timezone),
            synthesizer=open_synthesizer(settings),
            writer=open_writer(),
        )

    async def check(self) -> dict[str, str | None]:
        """Ask each dependency for a little of its real work: name -> None when fine, else what is wrong."""
        return {
            "recognizer": await _complaint(asyncio.to_thread(self.recognizer.check)),
            "synthesizer": await _complaint(self.synthesizer.synthesize("a", "en")),
        }


async def _complaint(work: Awaitable[object]) -> str | None:
    try:
        await asyncio.wait_for(work, CHECK_SECONDS)
    except TimeoutError:
        return f"no answer within {CHECK_SECONDS:.0f} seconds"
    except Exception as error:  # whatever is wrong with a dependency, readiness must name the dependency
        return str(error) or type(error).__name__
    return None
