"""A browser whose microphone plays a Hindi question, against the real server: heard, answered, played."""

import io
import wave
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
import soxr
from playwright.sync_api import Page, expect, sync_playwright

from tests.acceptance.conftest import Speak

CHROMIUM = Path("/usr/bin/chromium")
QUESTION = "आज कौन सा दिन है"
RATE = 48_000
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"needs a browser at {CHROMIUM}")


def for_microphone(recording: bytes) -> bytes:
    """The question between silences, at the rate that Chromium's fake device plays."""
    with av.open(io.BytesIO(recording), "r") as file:
        rate = file.streams.audio[0].rate
        samples = np.concatenate([frame.to_ndarray().reshape(-1) for frame in file.decode(audio=0)]).astype(np.int16)
    spoken = soxr.resample(samples, rate, RATE).astype("<i2")
    quiet = np.zeros(RATE, "<i2")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(np.concatenate([quiet, spoken, *[quiet] * 20]).tobytes())
    return buffer.getvalue()


@pytest.fixture
def page(server: str, say: Speak, tmp_path: Path) -> Iterator[Page]:
    microphone = tmp_path / "question.wav"
    microphone.write_bytes(for_microphone(say(QUESTION, "hi")))
    arguments = [
        "--no-sandbox",
        "--disable-background-networking",
        "--autoplay-policy=no-user-gesture-required",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={microphone}%noloop",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        opened = browser.new_context(permissions=["microphone"], locale="hi-IN").new_page()
        opened.goto(f"{server}/?raw")
        yield opened
        browser.close()


def test_a_hindi_question_is_heard_answered_and_played(page: Page) -> None:
    expect(page.locator("#model")).to_contain_text("Whisper")
    page.locator("#talk").click()
    expect(page.locator("#clock")).to_have_text("0:04 / 0:30", timeout=20_000)
    page.locator("#talk").click()
    expect(page.locator(".said b")).to_have_text(QUESTION, timeout=20_000)
    expect(page.locator("main")).to_have_attribute("data-phase", "speaking", timeout=20_000)
    expect(page.locator(".answer")).to_contain_text("है")
    expect(page.locator(".answer")).to_have_attribute("lang", "hi")
    expect(page.locator("main")).to_have_attribute("data-phase", "ready", timeout=20_000)


def test_a_typed_question_is_answered_in_its_own_language(page: Page) -> None:
    page.locator("#question").fill("police ka number kya hai")
    page.locator("#question").press("Enter")
    expect(page.locator(".answer")).to_contain_text("112", timeout=20_000)
    expect(page.locator(".answer")).to_have_attribute("lang", "hi")
