"""Encodes speech with PyAV (FFmpeg) to the formats of OpenAI's speech endpoint."""

import io
from dataclasses import dataclass

import av
import numpy as np
import soxr
from numpy.typing import NDArray

from bharatvoice.errors import UnknownValue
from bharatvoice.voice.ports import Speech

PCM_RATE = 24_000
"""Hz of the `pcm` format, as OpenAI has it."""
SHORTEST_SECONDS = 0.05
"""A file that is shorter is filled with silence: players and decoders refuse files without samples."""


@dataclass(frozen=True)
class Encoding:
    """How one format is written: FFmpeg's container and codec, and the sampling rate if the codec needs one."""

    content_type: str
    container: str
    codec: str
    rate: int | None = None
    bit_rate: int | None = None


ENCODINGS = {
    "wav": Encoding("audio/wav", "wav", "pcm_s16le"),
    "mp3": Encoding("audio/mpeg", "mp3", "libmp3lame", 24_000, 64_000),
    "opus": Encoding("audio/ogg", "ogg", "libopus", 24_000, 32_000),
    "flac": Encoding("audio/flac", "flac", "flac"),
    "aac": Encoding("audio/aac", "adts", "aac", 24_000, 64_000),
}


@dataclass(frozen=True)
class AvAudioWriter:
    """Implements AudioWriter."""

    @property
    def formats(self) -> dict[str, str]:
        return {**{name: encoding.content_type for name, encoding in ENCODINGS.items()}, "pcm": "audio/pcm"}

    def write(self, speech: Speech, format: str) -> bytes:
        if format == "pcm":
            return resample(speech.samples, speech.sampling_rate, PCM_RATE).astype("<i2").tobytes()
        encoding = ENCODINGS.get(format)
        if encoding is None:
            raise UnknownValue.of("format", format, self.formats, param="response_format")
        rate = encoding.rate or speech.sampling_rate
        samples = resample(speech.samples, speech.sampling_rate, rate)
        missing = max(0, round(SHORTEST_SECONDS * rate) - len(samples))
        return _encode(np.pad(samples, (0, missing)), rate, encoding)


def resample(samples: NDArray[np.int16], rate: int, wanted: int) -> NDArray[np.int16]:
    """The same sound at another sampling rate."""
    if rate == wanted or not len(samples):
        return samples
    return np.asarray(soxr.resample(samples, rate, wanted), dtype=np.int16)


def _encode(samples: NDArray[np.int16], rate: int, encoding: Encoding) -> bytes:
    written = io.BytesIO()
    with av.open(written, "w", format=encoding.container) as container:
        stream = container.add_stream(encoding.codec, rate=rate, layout="mono")
        assert isinstance(stream, av.AudioStream)
        if encoding.bit_rate:
            stream.bit_rate = encoding.bit_rate
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        for whole in (frame, None):
            container.mux(stream.encode(whole))
    return written.getvalue()
