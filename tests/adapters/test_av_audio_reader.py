"""The reader takes what the world sends, within bounds, and refuses the rest with a reason."""

import io
import struct
import subprocess
import sys
import wave

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bharatvoice.adapters.av_audio_reader import AvAudioReader
from bharatvoice.errors import AudioRejected, AudioTooLarge
from bharatvoice.speech.truncation import missing_bytes, mp3_seconds

RATE = 16_000
Wave = np.ndarray[tuple[int], np.dtype[np.float32]]


@pytest.fixture
def reader() -> AvAudioReader:
    return AvAudioReader(max_bytes=25 * 1024 * 1024, max_seconds=600)


def tone(seconds: float, rate: int = RATE) -> Wave:
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def noise(seconds: float, rate: int = 48_000) -> Wave:
    return np.random.default_rng(7).uniform(-0.9, 0.9, int(seconds * rate)).astype(np.float32)


def hush(seconds: float, rate: int = 48_000) -> Wave:
    return np.zeros(int(seconds * rate), dtype=np.float32)


def wav(seconds: float = 1.0, rate: int = RATE) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes((tone(seconds, rate) * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


def encoded(
    container: str,
    codec: str,
    seconds: float = 2.0,
    rate: int = 48_000,
    wave_form: Wave | None = None,
    layout: str = "mono",
    bit_rate: int | None = None,
    muxing: dict[str, str] | None = None,
) -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container, options=muxing or {}) as output:
        stream = output.add_stream(codec, rate=rate)
        assert isinstance(stream, av.AudioStream)
        stream.layout = layout
        if bit_rate:
            stream.bit_rate = bit_rate
        points = ((tone(seconds, rate) if wave_form is None else wave_form)[None] * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(points, format="s16", layout="mono")
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
    bomb = encoded("flac", "flac", wave_form=hush(3600, 8000), rate=8000)
    assert len(bomb) < 1_000_000
    with pytest.raises(AudioTooLarge) as refusal:
        AvAudioReader(max_bytes=25 * 1024 * 1024, max_seconds=60).read(bomb)
    assert refusal.value.code == "audio_too_long"


def test_a_playlist_cannot_make_the_reader_fetch_anything(reader: AvAudioReader) -> None:
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"
    with pytest.raises(AudioRejected):
        reader.read(playlist)


BARE_MP3 = {"write_xing": "0", "id3v2_version": "0"}


def quiet_then_loud(container: str, codec: str, rate: int) -> bytes:
    """20 seconds whose first half takes far fewer bits than the second, with no length in the file."""
    if codec == "mp3":
        return b"".join(
            encoded(container, codec, wave_form=form(10, rate), rate=rate, bit_rate=bits, muxing=BARE_MP3)
            for form, bits in ((hush, 32_000), (noise, 320_000))
        )
    return encoded(container, codec, wave_form=np.concatenate([hush(10, rate), noise(10, rate)]), rate=rate)


@pytest.mark.parametrize(("container", "codec", "rate"), [("adts", "aac", 48_000), ("mp3", "mp3", 44_100)])
def test_a_length_guessed_from_the_first_seconds_refuses_no_whole_recording(
    container: str, codec: str, rate: int
) -> None:
    recording = quiet_then_loud(container, codec, rate)
    with av.open(io.BytesIO(recording)) as opened:
        stream = opened.streams.audio[0]
        assert stream.duration
        assert stream.time_base
        assert float(stream.duration * stream.time_base) > 60  # what FFmpeg guesses
    for limit in (60, 600):
        samples = AvAudioReader(max_bytes=25 * 1024 * 1024, max_seconds=limit).read(recording)
        assert len(samples) / RATE == pytest.approx(20, abs=0.2)


def test_an_mp3_followed_by_a_louder_one_is_read_to_the_end(reader: AvAudioReader) -> None:
    first = encoded("mp3", "mp3", wave_form=hush(5), bit_rate=32_000)
    second = encoded("mp3", "mp3", wave_form=noise(5), bit_rate=320_000, muxing=BARE_MP3)
    assert len(reader.read(first + second)) / RATE == pytest.approx(10, abs=0.2)


def test_the_header_of_an_mp3_says_how_long_it_is_whatever_its_rate(reader: AvAudioReader) -> None:
    for rate in (8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000):
        whole = encoded("mp3", "mp3", seconds=4.0, rate=rate)
        assert mp3_seconds(whole) == pytest.approx(4.0, abs=0.2)
        assert mp3_seconds(encoded("mp3", "mp3", rate=rate, muxing=BARE_MP3)) == 0
        with pytest.raises(AudioRejected, match="cut off"):
            reader.read(whole[: len(whole) // 2])


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("ogg", "libopus"),
        ("webm", "libopus"),
        ("matroska", "pcm_s16le"),
        ("aiff", "pcm_s16be"),
        ("au", "pcm_s16be"),
    ],
)
def test_bytes_that_the_container_announces_must_be_there(reader: AvAudioReader, container: str, codec: str) -> None:
    whole = encoded(container, codec, seconds=6.0)
    assert len(reader.read(whole)) / RATE == pytest.approx(6, abs=0.1)
    with pytest.raises(AudioRejected, match="cut off"):
        reader.read(whole[: len(whole) // 2])


OGG = encoded("ogg", "libopus", seconds=5.0, muxing={"page_duration": "200000"})
PAGES = [at for at in range(len(OGG)) if OGG.startswith(b"OggS", at)] + [len(OGG)]


@given(st.integers(4, len(OGG)))
def test_an_ogg_recording_is_cut_off_just_when_it_ends_inside_a_page(end: int) -> None:
    assert (missing_bytes(OGG[:end]) > 0) == (end not in PAGES)


def test_an_ogg_recording_that_stops_after_a_page_without_saying_so_is_read(reader: AvAudioReader) -> None:
    assert len(reader.read(OGG[: PAGES[-2]])) / RATE == pytest.approx(5, abs=0.5)


def test_bytes_behind_the_last_ogg_page_are_not_a_cut(reader: AvAudioReader) -> None:
    assert len(reader.read(OGG + b"\0" * 128)) / RATE == pytest.approx(5, abs=0.1)


def test_a_live_webm_recording_may_end_anywhere(reader: AvAudioReader) -> None:
    live = encoded("webm", "libopus", seconds=6.0, muxing={"live": "1"})
    assert len(reader.read(live)) / RATE == pytest.approx(6, abs=0.1)
    assert 2 < len(reader.read(live[: len(live) // 2])) / RATE < 4


@pytest.mark.parametrize(
    ("container", "codec", "rates"),
    [("adts", "aac", (48_000, 16_000)), ("adts", "aac", (22_050, 44_100)), ("mp3", "mp3", (44_100, 22_050))],
)
@pytest.mark.parametrize("layouts", [("mono", "mono"), ("mono", "stereo"), ("stereo", "mono")])
def test_a_recording_may_change_its_rate_and_layout_midway(
    reader: AvAudioReader, container: str, codec: str, rates: tuple[int, int], layouts: tuple[str, str]
) -> None:
    recording = b"".join(
        encoded(container, codec, rate=rate, layout=layout, muxing=BARE_MP3 if codec == "mp3" else None)
        for rate, layout in zip(rates, layouts, strict=True)
    )
    samples = reader.read(recording)
    assert len(samples) / RATE == pytest.approx(4.0, abs=0.3)
    for half in (samples[: RATE * 3 // 2], samples[-RATE * 3 // 2 :]):
        assert np.argmax(np.abs(np.fft.rfft(half))) * RATE / len(half) == pytest.approx(440, abs=2)
    with pytest.raises(AudioTooLarge):
        AvAudioReader(max_bytes=1_000_000, max_seconds=3).read(recording)


def test_one_frame_that_lasts_for_hours_is_refused_before_it_takes_memory() -> None:
    bomb = encoded("matroska", "pcm_s16le", seconds=10_000, rate=1)
    program = (
        "import resource, sys\n"
        "from bharatvoice.adapters.av_audio_reader import AvAudioReader\n"
        "from bharatvoice.errors import AudioTooLarge\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try:\n"
        "    AvAudioReader(max_bytes=10**6, max_seconds=60).read(sys.stdin.buffer.read())\n"
        "except AudioTooLarge:\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / before)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], input=bomb, capture_output=True, check=True, timeout=60)
    assert float(done.stdout) < 2


def test_a_sampling_rate_that_no_recorder_has_is_refused_before_it_takes_time(reader: AvAudioReader) -> None:
    recording = bytearray(wav(1.0))
    recording[24:28] = struct.pack("<I", 200_000_001)
    with pytest.raises(AudioRejected, match="200000001 Hz"):
        reader.read(bytes(recording))
    assert len(reader.read(encoded("wav", "pcm_s16le", seconds=1.0, rate=768_000))) == pytest.approx(RATE, abs=50)
