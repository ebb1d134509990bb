"""What the assistant needs from whoever hears."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bharatvoice.speech.transcript import Transcript

SAMPLING_RATE = 16_000
"""Hz of the audio that recognizers and voice detectors take."""

Samples = NDArray[np.float32]
"""Mono audio at SAMPLING_RATE, -1 to 1."""


class Recognizer(Protocol):
    """Turns speech into text. Thread-safe: several threads may call `recognize` at once."""

    @property
    def model(self) -> str:
        """The name that callers see, as in `starter-synthetic` or `large-v3-turbo`."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages that it can write down."""

    def recognize(
        self, samples: Samples, *, languages: Sequence[str] = (), word_times: bool = False, temperature: float = 0.0
    ) -> Transcript:
        """Write down what is said. Blocking: call it from a thread.

        languages: codes to choose from; empty means all that the model knows; one means it is known.
        Silence gives an empty transcript, never an error. Raises RecognitionFailed.
        """

    def check(self) -> None:
        """Decode a moment of noise, to show that the model still works. Blocking. Raises RecognitionFailed."""


class AudioReader(Protocol):
    """Decodes any container or codec, once, to mono at SAMPLING_RATE."""

    def read(self, recording: bytes) -> Samples:
        """Blocking. Raises AudioRejected (empty, not audio, truncated) or AudioTooLarge (too many bytes or
        decoded seconds), having held no more than the limits in memory."""
