"""The reader takes what the world sends, within bounds, and refuses the rest with a reason."""

import io
import struct
import wave

import av
import numpy as np
import pytest

from bharatvoice.adapters.av_audio_reader import AvAudioReader
from bharatvoice.errors import AudioRejected, AudioTooLarge

RATE = 16_000


@pytest.fixture
def reader() -> AvAudioReader:
    return AvAudioReader(max_bytes=25 * 1024 * 1024, max_seconds=600)


def tone(seconds: float, rate: int = RATE) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def wav(seconds: float = 1.0, rate: int = RATE) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes((tone(seconds, rate) * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


def encoded(container: str, codec: str, seconds: float = 2.0, rate: int = 48_000, samples: bool = True) -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container) as output:
        stream = output.add_stream(codec, rate=rate)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        wave_form = tone(seconds, rate) if samples else np.zeros(int(seconds * rate), dtype=np.float32)
        frame = av.AudioFrame.from_ndarray((wave_form[None] * 32767).astype(np.int16), format="s16", layout="mono")
        frame.sample_rate = rate
        for packet in (*stream.encode(frame), *stream.encode(None)):
            output.mux(packet)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("mp3", "mp3"),
        ("ogg", "libopus"),
        ("webm", "libopus"),
        ("flac", "flac"),
        ("adts", "aac"),
        ("mp4", "aac"),
        ("wav", "pcm_s16le"),
    ],
)
def test_every_usual_container_decodes_to_the_same_tone(reader: AvAudioReader, container: str, codec: str) -> None:
    samples = reader.read(encoded(container, codec))
    assert len(samples) / RATE == pytest.approx(2.0, abs=0.12)
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.argmax(spectrum) * RATE / len(samples) == pytest.approx(440, abs=2)


def test_three_channels_at_96_khz_and_24_bits_are_mixed_to_one(reader: AvAudioReader) -> None:
    frames = np.repeat((tone(1.0, 96_000) * (2**23 - 1)).astype("<i4")[:, None], 3, axis=1)
    body = frames.reshape(-1).view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    header = (
        b"RIFF"
        + struct.pack("<I", 36 + len(body))
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 3, 96_000, 96_000 * 9, 9, 24)
    )
    samples = reader.read(header + b"data" + struct.pack("<I", len(body)) + body)
    assert len(samples) == pytest.approx(RATE, abs=50)
    assert np.abs(samples).max() > 0.2


@pytest.mark.parametrize(
    "recording", [b"not audio at all " * 50, b"\0" * 5000, b"\x89PNG\r\n\x1a\n" + b"\0" * 100, b"RIFF"]
)
def test_what_is_not_audio_is_refused(reader: AvAudioReader, recording: bytes) -> None:
    with pytest.raises(AudioRejected) as refusal:
        reader.read(recording)
    assert refusal.value.code in {"audio_undecodable", "audio_empty"}


def test_an_empty_body_and_a_header_without_samples_are_called_empty(reader: AvAudioReader) -> None:
    for recording in (b"", wav(0)):
        with pytest.raises(AudioRejected) as refusal:
            reader.read(recording)
        assert refusal.value.code == "audio_empty"


@pytest.mark.parametrize(("container", "codec"), [("mp4", "aac"), ("flac", "flac"), ("wav", "pcm_s16le")])
def test_a_container_cut_in_half_is_refused(reader: AvAudioReader, container: str, codec: str) -> None:
    whole = encoded(container, codec, seconds=6.0)
    with pytest.raises(AudioRejected):
        reader.read(whole[: len(whole) // 2])


def test_bytes_are_bounded_before_anything_is_opened() -> None:
    with pytest.raises(AudioTooLarge) as refusal:
        AvAudioReader(max_bytes=1000, max_seconds=60).read(b"x" * 1001)
    assert refusal.value.code == "file_too_large"


def test_a_small_file_that_decodes_to_hours_is_stopped_at_the_limit() -> None:
    bomb = encoded("flac", "flac", seconds=3600, rate=8000, samples=False)
    assert len(bomb) < 1_000_000
    with pytest.raises(AudioTooLarge) as refusal:
        AvAudioReader(max_bytes=25 * 1024 * 1024, max_seconds=60).read(bomb)
    assert refusal.value.code == "audio_too_long"


def test_a_playlist_cannot_make_the_reader_fetch_anything(reader: AvAudioReader) -> None:
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"
    with pytest.raises(AudioRejected):
        reader.read(playlist)
