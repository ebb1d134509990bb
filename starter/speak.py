"""Speech with exact times: espeak-ng's library, which reports when each word and phoneme sounds.

The product talks to espeak-ng as a separate program. The recipe uses the library because only it reports
events (espeak-ng `speak_lib.h`: espeakEVENT_WORD, espeakEVENT_PHONEME), and because it is ten times faster.
One process speaks one utterance at a time: the library keeps global state.
"""

import ctypes
import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import soxr
from numpy.typing import NDArray

from starter.voices import Voice

SAMPLING_RATE = 16_000
_SYNCHRONOUS, _PHONEME_EVENTS, _PHONEMES_AS_IPA = 2, 1, 2
_RATE, _PITCH, _CHARS_UTF8 = 1, 3, 1
_LIST_TERMINATED, _WORD, _PHONEME = 0, 1, 7


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int), ("unique_identifier", ctypes.c_uint), ("text_position", ctypes.c_int),
        ("length", ctypes.c_int), ("audio_position", ctypes.c_int), ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p), ("id", _Id),
    ]  # fmt: skip


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


_BEFORE_VOWEL_SIGN = re.compile("([\u09a1\u09a2\u09af]\u09bc)(?=[\u09be-\u09cc])")
_COMPOSED = {"\u09a1\u09bc": "\u09dc", "\u09a2\u09bc": "\u09dd", "\u09af\u09bc": "\u09df"}


def respell(text: str) -> str:
    """Compose Bengali nukta letters before vowel signs, which espeak-ng drops otherwise."""
    return _BEFORE_VOWEL_SIGN.sub(lambda letter: _COMPOSED[letter[1]], text)


@dataclass(frozen=True)
class Utterance:
    """Speech at 16 kHz, mono, float32 in -1..1, with its times in seconds."""

    samples: NDArray[np.float32]
    word_times: list[tuple[float, float]]
    """(start, end) of each whitespace-separated word of the text."""
    phonemes: list[tuple[float, str]]
    """(start, IPA) of each phoneme; an empty name is a pause."""

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLING_RATE


class _Library:
    def __init__(self) -> None:
        self.chunks: list[NDArray[np.int16]] = []
        self.events: list[tuple[int, float, int, str]] = []
        self.library = ctypes.CDLL("libespeak-ng.so.1")
        self.rate = self.library.espeak_Initialize(_SYNCHRONOUS, 0, None, _PHONEME_EVENTS | _PHONEMES_AS_IPA)
        self.callback = _Callback(self._receive)
        self.library.espeak_SetSynthCallback(self.callback)

    def _receive(self, wave: "ctypes._Pointer[ctypes.c_short]", count: int, events: "ctypes._Pointer[_Event]") -> int:
        if wave and count:
            self.chunks.append(np.ctypeslib.as_array(wave, (count,)).copy())
        index = 0
        while (event := events[index]).type != _LIST_TERMINATED:
            name = event.id.string.decode() if event.type == _PHONEME else ""
            self.events.append((event.type, event.audio_position / 1000, event.text_position - 1, name))
            index += 1
        return 0

    def speak(self, text: str, voice: Voice) -> None:
        self.chunks, self.events = [], []
        if self.library.espeak_SetVoiceByName(voice.name.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice.name!r}")
        self.library.espeak_SetParameter(_RATE, voice.speed, 0)
        self.library.espeak_SetParameter(_PITCH, voice.pitch, 0)
        raw = text.encode() + b"\0"
        self.library.espeak_Synth(raw, len(raw), 0, 1, 0, _CHARS_UTF8, None, None)


@cache
def _library() -> _Library:
    return _Library()


def speak(text: str, voice: Voice) -> Utterance:
    """Say `text` (words separated by single spaces). Raises ValueError for an unknown voice."""
    library, text = _library(), respell(text)
    library.speak(text, voice)
    wave = np.concatenate(library.chunks).astype(np.float32) / 32768
    samples = np.asarray(soxr.resample(wave, library.rate, SAMPLING_RATE), dtype=np.float32)
    phonemes = [(at, name) for kind, at, _, name in library.events if kind == _PHONEME and not name.startswith("(")]
    starts = {position: at for kind, at, position, _ in library.events if kind == _WORD}
    last_sound = max((at for at, name in phonemes if name == ""), default=len(wave) / library.rate)
    return Utterance(samples, _word_times(text, starts, last_sound), phonemes)


def _word_times(text: str, starts: dict[int, float], end: float) -> list[tuple[float, float]]:
    """Spans of the words; words that espeak-ng runs together share the span of the first."""
    begins: list[float | None] = []
    position = 0
    for word in text.split(" "):
        inside = [at for p, at in starts.items() if position <= p < position + len(word)]
        begins.append(min(inside) if inside else None)
        position += len(word) + 1
    begins[0] = begins[0] or 0.0
    spans: list[tuple[float, float]] = []
    for index, begin in enumerate(begins):
        following = next((b for b in begins[index + 1 :] if b is not None), end)
        spans.append((begin, following) if begin is not None else spans[-1])
    return spans
