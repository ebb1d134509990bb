"""Decodes recordings with PyAV (FFmpeg): any usual container or codec, to mono 16 kHz, within bounds."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import av
import numpy as np
from numpy.typing import NDArray

from bharatvoice.errors import AudioRejected, AudioTooLarge
from bharatvoice.speech.ports import SAMPLING_RATE, Samples

CONTAINERS = "aac,ac3,aiff,amr,amrnb,amrwb,asf,au,caf,flac,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpegts,ogg,w64,wav"
"""What may be opened. Playlists are not in it: FFmpeg would fetch what they point to."""
TRUNCATED_SHARE = 0.9
"""A recording that decodes to less than this share of the length it declares is cut off."""
TRUNCATED_SECONDS = 0.5
"""... and misses at least this much."""


STREAMED_RIFF = 0x7FFF_0000
"""A RIFF header that declares more than this was written before its size was known."""


@dataclass(frozen=True)
class AvAudioReader:
    """Implements AudioReader. Bytes are checked before opening, seconds while decoding."""

    max_bytes: int
    max_seconds: float

    def read(self, recording: bytes) -> Samples:
        if not recording:
            raise AudioRejected("The recording is empty. Send the bytes of an audio file.", code="audio_empty")
        if len(recording) > self.max_bytes:
            raise AudioTooLarge(f"The recording has {len(recording)} bytes; send at most {self.max_bytes}.")
        _check_riff(recording)
        try:
            pieces = list(self._pieces(recording))
        except av.error.FFmpegError as error:
            raise AudioRejected(
                "The recording cannot be decoded. Send wav, mp3, m4a, ogg, opus, webm, flac or the like."
            ) from error
        if not any(len(piece) for piece in pieces):
            raise AudioRejected("The recording holds no audio samples.", code="audio_empty")
        return np.concatenate(pieces).astype(np.float32) / np.float32(32768)

    def _pieces(self, recording: bytes) -> Iterator[NDArray[np.int16]]:
        options = {"format_whitelist": CONTAINERS, "protocol_whitelist": "none"}
        with av.open(io.BytesIO(recording), "r", metadata_errors="ignore", options=options) as container:
            if not container.streams.audio:
                raise AudioRejected("The file holds no audio track.")
            stream = container.streams.audio[0]
            declared = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else None
            self._check(declared or 0)
            resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLING_RATE)
            count = 0
            for decoded in chain(self._frames(container, stream), [None]):
                for frame in resampler.resample(decoded):
                    piece = frame.to_ndarray().reshape(-1).astype(np.int16, copy=False)
                    count += len(piece)
                    self._check(count / SAMPLING_RATE)
                    yield piece
            missing = (declared or 0) - count / SAMPLING_RATE
            if declared and missing > TRUNCATED_SECONDS and count / SAMPLING_RATE < TRUNCATED_SHARE * declared:
                raise AudioRejected(f"The recording is cut off: {missing:.1f} of {declared:.1f} seconds are missing.")

    @staticmethod
    def _frames(container: av.container.InputContainer, stream: av.AudioStream) -> Iterator[av.AudioFrame]:
        for frame in container.decode(stream):
            frame.pts = None  # the resampler would fill gaps between odd timestamps
            yield frame

    def _check(self, seconds: float) -> None:
        if seconds > self.max_seconds:
            raise AudioTooLarge(
                f"The recording is longer than {self.max_seconds:.0f} seconds; send it in parts.", code="audio_too_long"
            )


def _check_riff(recording: bytes) -> None:
    """FFmpeg takes a WAV file's length from the file, not from its header: see here whether it is cut off."""
    declared = int.from_bytes(recording[4:8], "little") + 8 if recording[:4] == b"RIFF" else 0
    if declared < STREAMED_RIFF and len(recording) < TRUNCATED_SHARE * declared:
        raise AudioRejected(f"The recording is cut off: {len(recording)} of {declared} bytes arrived.")
