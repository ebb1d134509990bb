"""Decodes recordings with PyAV (FFmpeg): any usual container or codec, to mono 16 kHz, within bounds."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby

import av
import numpy as np
from numpy.typing import NDArray

from bharatvoice.errors import AudioRejected, AudioTooLarge
from bharatvoice.speech.ports import SAMPLING_RATE, Samples
from bharatvoice.speech.truncation import TRUNCATED_SHARE, missing_bytes, mp3_seconds

CONTAINERS = "aac,ac3,aiff,amr,amrnb,amrwb,asf,au,caf,flac,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpegts,ogg,w64,wav"
"""What may be opened. Playlists are not in it: FFmpeg would fetch what they point to."""
STORED_LENGTH = frozenset({"caf", "flac", "mov,mp4,m4a,3gp,3g2,mj2", "w64", "wav"})
"""Demuxers that read a length from the file. Others may guess it from the first bit rates, often far too long."""
MAX_SAMPLING_RATE = 768_000
"""Hz. Recorders do not go higher, and the filter that brings a rate down grows with it, to gigabytes."""
TRUNCATED_SECONDS = 0.5
"""A recording is cut off when it misses this much and TRUNCATED_SHARE of its length was not reached."""

RIFF_PROBE_BYTES = "4096"
"""A WAV file says at once what it is; FFmpeg would still analyse seconds of it, which takes longer than decoding."""


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
        if (missing := missing_bytes(recording)) > 0:
            raise AudioRejected(f"The recording is cut off: at least {missing} bytes are missing at its end.")
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
        if recording.startswith(b"RIFF"):
            options["probesize"] = RIFF_PROBE_BYTES
        with av.open(io.BytesIO(recording), "r", metadata_errors="ignore", options=options) as container:
            if not container.streams.audio:
                raise AudioRejected("The file holds no audio track.")
            stream = container.streams.audio[0]
            declared = _declared(container, stream, recording)
            self._check(declared)
            count = 0
            for frame in _resampled(self._frames(container, stream)):
                piece = frame.to_ndarray().reshape(-1).astype(np.int16, copy=False)
                count += len(piece)
                self._check(count / SAMPLING_RATE)
                yield piece
            missing = declared - count / SAMPLING_RATE
            if missing > TRUNCATED_SECONDS and count / SAMPLING_RATE < TRUNCATED_SHARE * declared:
                raise AudioRejected(f"The recording is cut off: {missing:.1f} of {declared:.1f} seconds are missing.")

    def _frames(self, container: av.container.InputContainer, stream: av.AudioStream) -> Iterator[av.AudioFrame]:
        """Bounded before resampling: one frame at a low sampling rate becomes gigabytes at a high one."""
        count = 0
        for frame in container.decode(stream):
            if frame.sample_rate > MAX_SAMPLING_RATE:
                raise AudioRejected(f"The recording has {frame.sample_rate} Hz; send at most {MAX_SAMPLING_RATE}.")
            count += frame.samples * SAMPLING_RATE // frame.sample_rate
            self._check(count / SAMPLING_RATE)
            frame.pts = None  # the resampler would fill gaps between odd timestamps
            yield frame

    def _check(self, seconds: float) -> None:
        if seconds > self.max_seconds:
            raise AudioTooLarge(
                f"The recording is longer than {self.max_seconds:.0f} seconds; send it in parts.", code="audio_too_long"
            )


def _declared(container: av.container.InputContainer, stream: av.AudioStream, recording: bytes) -> float:
    """The length in seconds that the file states, 0 when it states none."""
    if container.format.name == "mp3":
        return mp3_seconds(recording)
    if container.format.name not in STORED_LENGTH or not stream.duration or not stream.time_base:
        return 0
    return float(stream.duration * stream.time_base)


def _resampled(frames: Iterator[av.AudioFrame]) -> Iterator[av.AudioFrame]:
    """A resampler takes one kind of frame only; a stream may change its kind midway."""
    for _, alike in groupby(frames, lambda frame: (frame.format.name, frame.layout.name, frame.sample_rate)):
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLING_RATE)
        for frame in chain(alike, [None]):
            yield from resampler.resample(frame)
