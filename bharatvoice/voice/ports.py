"""What the assistant needs from whoever speaks."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Speech:
    """Synthesized audio: mono 16-bit samples at `sampling_rate` Hz."""

    samples: NDArray[np.int16]
    sampling_rate: int

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.sampling_rate


class Synthesizer(Protocol):
    """Turns speakable text into speech. Safe to call concurrently."""

    @property
    def voices(self) -> tuple[str, ...]:
        """Names of the voices that a caller may choose, as in `female` or `male`."""

    async def synthesize(self, text: str, language: str, *, voice: str | None = None, speed: float = 1.0) -> Speech:
        """Speak `text`, already made speakable for `language` (a code of the language table).

        speed: 0.25 to 4.0, 1.0 is usual. Raises UnknownValue for a voice it does not have, SynthesisFailed.
        """


class AudioWriter(Protocol):
    """Encodes speech."""

    @property
    def formats(self) -> dict[str, str]:
        """Content type by format: wav, mp3, opus, flac, aac, pcm."""

    def write(self, speech: Speech, format: str) -> bytes:
        """Blocking. pcm is 24 kHz 16-bit little-endian mono. Raises UnknownValue for a format it does not have."""
