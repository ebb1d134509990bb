import asyncio
import os
from pathlib import Path

import numpy as np
import pytest

from bharatvoice.adapters.espeak_synthesizer import EspeakSynthesizer, speech_of_streamed_wav
from bharatvoice.errors import SynthesisFailed
from tests.contracts.synthesizer import SynthesizerContract


class TestEspeakSynthesizer(SynthesizerContract):
    @pytest.fixture
    def synthesizer(self) -> EspeakSynthesizer:
        return EspeakSynthesizer(concurrency=2)


def program(folder: Path, script: str) -> str:
    """A stand-in for espeak-ng that misbehaves."""
    path = folder / "speaker"
    path.write_text("#!/bin/sh\n" + script)
    path.chmod(0o755)
    return str(path)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_cancelling_leaves_no_process(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pid")
    synthesizer = EspeakSynthesizer(program=program(tmp_path, f"echo $$ > {tmp_path}/pid; exec sleep 60\n"))
    speaking = asyncio.create_task(synthesizer.synthesize("नमस्ते", "hi"))
    pid = int(await asyncio.to_thread((tmp_path / "pid").read_text))
    assert is_running(pid)
    speaking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await speaking
    assert not is_running(pid)


async def test_cancelling_gives_the_slot_back() -> None:
    synthesizer = EspeakSynthesizer(concurrency=1)
    speaking = asyncio.create_task(synthesizer.synthesize("नमस्ते " * 1000, "hi"))
    await asyncio.sleep(0)
    speaking.cancel()
    await asyncio.gather(speaking, return_exceptions=True)
    assert (await synthesizer.synthesize("नमस्ते", "hi")).seconds > 0.3


async def test_program_that_hangs_is_ended_in_time(tmp_path: Path) -> None:
    synthesizer = EspeakSynthesizer(timeout=0.3, program=program(tmp_path, "exec sleep 60\n"))
    with pytest.raises(SynthesisFailed, match=r"longer than 0\.3 seconds"):
        await synthesizer.synthesize("नमस्ते", "hi")


async def test_program_that_fails_says_why(tmp_path: Path) -> None:
    synthesizer = EspeakSynthesizer(program=program(tmp_path, "echo no such voice >&2; exit 3\n"))
    with pytest.raises(SynthesisFailed, match="status 3: no such voice"):
        await synthesizer.synthesize("नमस्ते", "hi")


async def test_endless_output_is_bounded(tmp_path: Path) -> None:
    synthesizer = EspeakSynthesizer(max_seconds=10, program=program(tmp_path, "exec cat /dev/zero\n"))
    with pytest.raises(SynthesisFailed, match="more than 10 seconds"):
        await synthesizer.synthesize("नमस्ते", "hi")


async def test_missing_program_is_named() -> None:
    with pytest.raises(SynthesisFailed, match=r"espeak-absent cannot be started.*not installed"):
        await EspeakSynthesizer(program="espeak-absent").synthesize("नमस्ते", "hi")


def test_version_is_known_only_of_an_installed_program(tmp_path: Path) -> None:
    assert (EspeakSynthesizer.version() or "").startswith("1.")
    assert EspeakSynthesizer.version("espeak-absent") is None
    assert EspeakSynthesizer.version(program(tmp_path, "exit 1\n")) is None


def test_size_in_the_streamed_header_is_not_believed() -> None:
    header = b"RIFF\x24\xf0\xff\x7fWAVEfmt \x10\0\0\0\x01\0\x01\0\x22\x56\0\0\x44\xac\0\0\x02\0\x10\0data\0\xf0\xff\x7f"
    speech = speech_of_streamed_wav(header + b"\x01\0\x02\0\x03")
    assert speech.sampling_rate == 22_050
    assert np.array_equal(speech.samples, [1, 2])


def test_other_output_is_refused() -> None:
    with pytest.raises(SynthesisFailed):
        speech_of_streamed_wav(b"hello, this is no audio")
