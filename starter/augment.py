"""What happens to a voice between mouth and microphone: rooms, noise, telephones, distance."""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import next_fast_len
from scipy.signal import fftconvolve

Samples = NDArray[np.float32]
SAMPLING_RATE = 16_000
COLOURS = {"white": 0.0, "pink": 0.5, "brown": 1.0, "street": 0.75}
"""Noise by the exponent of its falling spectrum."""


def noise(length: int, colour: str, chance: np.random.Generator) -> Samples:
    """Noise of unit power. `hum` is the mains (50 Hz) and its harmonics; `street` swells and fades."""
    if colour == "hum":
        t = np.arange(length) / SAMPLING_RATE
        wave = sum(chance.random() * np.sin(2 * np.pi * 50 * k * t + chance.random() * 6.28) for k in range(1, 9))
        wave = np.asarray(wave) + 0.1 * chance.standard_normal(length)
    else:
        padded = next_fast_len(length)
        spectrum = np.fft.rfft(chance.standard_normal(padded))
        wave = np.fft.irfft(spectrum / np.maximum(np.arange(len(spectrum)), 4) ** COLOURS[colour], padded)[:length]
        if colour == "street":
            wave = wave * (1 + 0.8 * np.sin(np.arange(length) / SAMPLING_RATE * 2 * np.pi * chance.uniform(0.2, 2)))
    return np.asarray(wave / (np.sqrt(np.mean(wave**2)) + 1e-9), dtype=np.float32)


def with_noise(wave: Samples, background: Samples, decibels: float) -> Samples:
    """Add a unit-power background at a signal-to-noise ratio measured over the loud half of the clip."""
    loud = np.sort(wave**2)[len(wave) // 2 :]
    return wave + background * np.float32(np.sqrt(loud.mean() + 1e-12) * 10 ** (-decibels / 20))


def in_room(wave: Samples, seconds: float, chance: np.random.Generator) -> Samples:
    """Reverberation with the given T60, seconds."""
    length = int(seconds * SAMPLING_RATE)
    tail = chance.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    tail *= chance.uniform(0.05, 0.3) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return np.asarray(fftconvolve(wave, tail)[: len(wave)], dtype=np.float32)


def by_telephone(wave: Samples) -> Samples:
    """300 to 3400 Hz and G.711 mu-law quantization."""
    padded = next_fast_len(len(wave))
    spectrum = np.fft.rfft(wave, padded)
    hertz = np.fft.rfftfreq(padded, 1 / SAMPLING_RATE)
    spectrum[(hertz < 300) | (hertz > 3400)] *= 0.003
    band = np.fft.irfft(spectrum, padded)[: len(wave)]
    peak = np.abs(band).max() + 1e-9
    companded = np.sign(band) * np.log1p(255 * np.abs(band) / peak) / np.log(256)
    quantized = np.round(companded * 127) / 127
    return np.asarray(np.sign(quantized) * (256 ** np.abs(quantized) - 1) / 255 * peak, dtype=np.float32)


def at_level(wave: Samples, decibels: float) -> Samples:
    """Scale so that the peak is `decibels` relative to full scale."""
    return np.asarray(wave * (10 ** (decibels / 20) / (np.abs(wave).max() + 1e-9)), dtype=np.float32)


def as_heard(wave: Samples, chance: np.random.Generator) -> Samples:
    """A random path from mouth to microphone, as training uses it."""
    if chance.random() < 0.35:
        wave = in_room(wave, chance.uniform(0.1, 0.6), chance)
    if chance.random() < 0.7:
        colour = str(chance.choice([*COLOURS, "hum"]))
        wave = with_noise(wave, noise(len(wave), colour, chance), chance.uniform(5, 30))
    if chance.random() < 0.25:
        wave = by_telephone(wave)
    return at_level(wave, chance.uniform(-26, -1))


def in_quiet(wave: Samples, chance: np.random.Generator) -> Samples:
    """A close microphone: at most a faint hiss."""
    if chance.random() < 0.5:
        wave = with_noise(wave, noise(len(wave), "white", chance), chance.uniform(35, 60))
    return at_level(wave, chance.uniform(-15, -1))


def without_speech(seconds: float, chance: np.random.Generator) -> Samples:
    """Digital silence, noise, hum, tones, clicks: anything but a voice."""
    length = int(seconds * SAMPLING_RATE)
    kind = chance.choice(["silence", "noise", "tone", "clicks"], p=[0.2, 0.5, 0.15, 0.15])
    if kind == "silence":
        return np.zeros(length, dtype=np.float32)
    if kind == "noise":
        return at_level(noise(length, str(chance.choice([*COLOURS, "hum"])), chance), chance.uniform(-60, -3))
    if kind == "tone":
        t = np.arange(length) / SAMPLING_RATE
        pitch = chance.uniform(80, 3000) * (1 + 0.2 * chance.random() * np.sin(t * chance.uniform(0, 6)))
        wave = np.sin(2 * np.pi * np.cumsum(pitch) / SAMPLING_RATE) * (np.sin(t * chance.uniform(0, 12)) > -0.5)
        return at_level(wave.astype(np.float32), chance.uniform(-40, -3))
    wave = 0.001 * chance.standard_normal(length)
    for at in chance.integers(0, max(1, length - 400), size=int(chance.integers(1, 9))):
        wave[at : at + 400] += chance.standard_normal(min(400, length - at)) * np.exp(
            -np.arange(min(400, length - at)) / 60
        )
    return at_level(wave.astype(np.float32), chance.uniform(-30, -3))
