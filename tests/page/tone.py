"""Recordings for the browser's fake microphone."""

import io
import wave

import numpy as np


def tone_wav(rate: int, lead: float, seconds: float, tail: float) -> bytes:
    """A 440 Hz tone at half of full scale between two silences, as mono 16-bit WAV; times in seconds."""
    times = np.arange(round(rate * seconds)) / rate
    tone = (0.5 * 32767 * np.sin(2 * np.pi * 440 * times)).astype("<i2")
    silences = [np.zeros(round(rate * silence), "<i2") for silence in (lead, tail)]
    file = io.BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(rate)
        recording.writeframes(np.concatenate([silences[0], tone, silences[1]]).tobytes())
    return file.getvalue()
