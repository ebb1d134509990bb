"""Speaks with espeak-ng, a separate program: one process per utterance, text on its standard input.

espeak-ng is a formant synthesizer: intelligible and robotic, and it needs the text front-end of `bharatvoice.voice`.
"""

import asyncio
import shutil
import struct
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import yaml

from bharatvoice.errors import SynthesisFailed, UnknownValue
from bharatvoice.languages import find_language
from bharatvoice.voice.ports import Speech

SAMPLING_RATE = 22_050
"""Hz of what espeak-ng speaks in the languages of India."""
USUAL_WORDS_PER_MINUTE = 160
SLOWEST, FASTEST = 80, 450
"""Words per minute that espeak-ng accepts."""
DEFAULT_VOICE = "female"
_CHUNK = 65_536
_LONGEST_COMPLAINT = 2_000


@dataclass(frozen=True)
class EspeakVoice:
    """One row of `espeak_voices.yaml`."""

    name: str
    variant: str
    pitch: int


@cache
def espeak_voices() -> dict[str, EspeakVoice]:
    """The voices by name, in the order of the table."""
    rows = yaml.safe_load(files("bharatvoice.adapters").joinpath("espeak_voices.yaml").read_text(encoding="utf-8"))
    return {row["name"]: EspeakVoice(**row) for row in rows}


class EspeakSynthesizer:
    """Implements Synthesizer.

    concurrency: processes at a time, further calls wait. timeout: seconds for one utterance, without the waiting.
    max_seconds: longest speech that is accepted from one utterance.
    """

    def __init__(
        self, *, concurrency: int = 4, timeout: float = 30.0, max_seconds: float = 1800.0, program: str = "espeak-ng"
    ) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._timeout = timeout
        self._max_seconds = max_seconds
        self._max_bytes = int(max_seconds * SAMPLING_RATE) * 2
        self._program = program

    @property
    def voices(self) -> tuple[str, ...]:
        return tuple(espeak_voices())

    @classmethod
    def version(cls, program: str = "espeak-ng") -> str | None:
        """Version of the installed program, as in `1.51`; None when it is missing or does not run. Blocking."""
        with suppress(OSError, subprocess.SubprocessError):
            said = subprocess.run([program, "--version"], capture_output=True, check=True, timeout=10).stdout.decode()
            return said.partition("text-to-speech:")[2].split()[0] if "text-to-speech:" in said else said.strip()
        return None

    async def synthesize(self, text: str, language: str, *, voice: str | None = None, speed: float = 1.0) -> Speech:
        chosen = espeak_voices().get(voice or DEFAULT_VOICE)
        if chosen is None:
            raise UnknownValue.of("voice", voice or "", espeak_voices(), param="voice")
        name = f"{find_language(language).voice}+{chosen.variant}"
        rate = min(FASTEST, max(SLOWEST, round(USUAL_WORDS_PER_MINUTE * speed)))
        written = text.replace("\0", " ").encode(errors="replace")
        if not written.strip():
            return Speech(np.empty(0, dtype=np.int16), SAMPLING_RATE)
        options = ("-v", name, "-b", "1", "-s", str(rate), "-p", str(chosen.pitch), "--stdin", "--stdout")
        async with self._slots:
            return speech_of_streamed_wav(await self._run(options, written))

    async def _run(self, options: tuple[str, ...], written: bytes) -> bytes:
        process = await self._start(options)
        try:
            async with asyncio.timeout(self._timeout):
                _, spoken, complaint = await asyncio.gather(
                    _feed(process, written),
                    _read(process, process.stdout, self._max_bytes),
                    _read(process, process.stderr, _LONGEST_COMPLAINT),
                )
                status = await process.wait()
        except TimeoutError:
            raise SynthesisFailed(f"{self._program} took longer than {self._timeout:g} seconds for one text.") from None
        finally:
            await _end(process)
        if len(spoken) > self._max_bytes:
            raise SynthesisFailed(f"The text is too long: it has more than {self._max_seconds:g} seconds of speech.")
        if status or complaint:
            said = complaint.decode(errors="replace").strip()
            raise SynthesisFailed(f"{self._program} ended with status {status}: {said or 'no message'}")
        return spoken

    async def _start(self, options: tuple[str, ...]) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        try:
            return await asyncio.create_subprocess_exec(
                self._program, *options, stdin=pipe, stdout=pipe, stderr=pipe, limit=_CHUNK
            )
        except OSError as error:
            hint = "" if shutil.which(self._program) else " It is not installed, or not on PATH."
            raise SynthesisFailed(f"{self._program} cannot be started: {error.strerror}.{hint}") from error


async def _feed(process: asyncio.subprocess.Process, written: bytes) -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError, ConnectionResetError):  # it ended early: its status says why
        process.stdin.write(written)
        await process.stdin.drain()
    process.stdin.close()


async def _read(process: asyncio.subprocess.Process, stream: asyncio.StreamReader | None, limit: int) -> bytes:
    """All that the process writes; it is killed when that is more than `limit` bytes."""
    assert stream is not None
    pieces, size = [], 0
    while piece := await stream.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            _kill(process)
    return b"".join(pieces)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Leave no process behind, whatever happened."""
    _kill(process)
    await process.communicate()  # what is left in the pipes; a full one would keep the process from being reaped


def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()


def speech_of_streamed_wav(wav: bytes) -> Speech:
    """The samples after the header. The size in the header is ignored: it was written before the speech was."""
    if not wav:
        return Speech(np.empty(0, dtype=np.int16), SAMPLING_RATE)
    if wav[:4] != b"RIFF" or wav[8:16] != b"WAVEfmt ":
        raise SynthesisFailed("espeak-ng did not write a WAV stream.")
    _, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", wav, 20)
    start = wav.find(b"data", 20) + 8
    if (channels, bits) != (1, 16) or start < 28:
        raise SynthesisFailed(f"espeak-ng wrote {channels} channels of {bits} bits; one of 16 is expected.")
    end = len(wav) - (len(wav) - start) % 2
    return Speech(np.frombuffer(wav[start:end], dtype="<i2").astype(np.int16), rate)
