import io

import av
import numpy as np
import pytest

from bharatvoice.adapters.av_audio_writer import PCM_RATE, AvAudioWriter
from bharatvoice.errors import UnknownValue
from bharatvoice.voice.ports import Speech

RATE = 22_050
CONTENT_TYPES = {
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "flac": "audio/flac",
    "aac": "audio/aac",
    "pcm": "audio/pcm",
}
CONTAINERS = {"wav": "wav", "mp3": "mp3", "opus": "ogg", "flac": "flac", "aac": "aac"}


def tone(seconds: float) -> Speech:
    times = np.arange(round(seconds * RATE)) / RATE
    return Speech((8000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16), RATE)


def decode(written: bytes, format: str) -> Speech:
    if format == "pcm":
        return Speech(np.frombuffer(written, dtype="<i2").astype(np.int16), PCM_RATE)
    resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
    with av.open(io.BytesIO(written)) as container:
        assert isinstance(container, av.container.InputContainer)
        assert container.format.name == CONTAINERS[format]
        frames = [piece for frame in [*container.decode(audio=0), None] for piece in resampler.resample(frame)]
    return Speech(np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]), 16_000)


def loudest_hertz(speech: Speech) -> float:
    spectrum = np.abs(np.fft.rfft(speech.samples.astype(float)))
    return float(np.fft.rfftfreq(len(speech.samples), 1 / speech.sampling_rate)[spectrum.argmax()])


@pytest.mark.parametrize("format", CONTENT_TYPES)
@pytest.mark.parametrize("seconds", [0.3, 2.0])
def test_what_is_written_is_heard_again(format: str, seconds: float) -> None:
    heard = decode(AvAudioWriter().write(tone(seconds), format), format)
    assert heard.seconds == pytest.approx(seconds, abs=0.1)
    assert loudest_hertz(heard) == pytest.approx(440, abs=5)


@pytest.mark.parametrize("format", CONTENT_TYPES)
@pytest.mark.parametrize("count", [0, 1, 500])
def test_speech_of_no_length_is_a_file_that_decodes(format: str, count: int) -> None:
    short = Speech(np.zeros(count, dtype=np.int16), RATE)
    assert decode(AvAudioWriter().write(short, format), format).seconds < 0.2


def test_every_format_has_its_content_type() -> None:
    assert AvAudioWriter().formats == CONTENT_TYPES


def test_wav_keeps_every_sample_and_declares_its_size() -> None:
    speech = tone(0.5)
    written = AvAudioWriter().write(speech, "wav")
    assert written.endswith(speech.samples.astype("<i2").tobytes())
    assert int.from_bytes(written[4:8], "little") == len(written) - 8


def test_unknown_format_is_refused() -> None:
    with pytest.raises(UnknownValue) as refused:
        AvAudioWriter().write(tone(0.1), "midi")
    assert (refused.value.code, refused.value.param) == ("unknown_format", "response_format")
