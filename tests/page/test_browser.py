"""The page in a real browser, with a recording as its microphone, against a server of canned answers."""

import io
import re
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.page.fake_server import KEY, TEXT_REPLY, TRANSCRIPT, VOICE_REPLY, FakeServer, serve
from tests.page.tone import tone_wav

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"needs a browser at {CHROMIUM}")


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    recording = tmp_path_factory.mktemp("microphone") / "tone.wav"
    recording.write_bytes(tone_wav(48_000, 0.3, 20, 1))
    arguments = [
        "--no-sandbox",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={recording}%noloop",
    ]
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
    yield started
    started.close()


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serve(FakeServer()) as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: FakeServer) -> Iterator[Page]:
    context = browser.new_context(permissions=["microphone"], locale="en-IN", color_scheme="light")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    opened.goto(f"{server.url}/?raw")
    expect(opened.locator(".chip")).to_have_count(5)
    yield opened
    context.close()
    assert complaints == []


def _expect_phase(page: Page, phase: str) -> None:
    expect(page.locator("main")).to_have_attribute("data-phase", phase)


def _expect_heard_for(page: Page, seconds: int) -> None:
    expect(page.locator("#clock")).to_have_text(re.compile(rf"0:0[{seconds}-9] / 0:30"))


def test_the_page_says_that_the_demo_model_listens(page: Page) -> None:
    expect(page.locator("#model")).to_contain_text("Demo model: understands sample sentences")


def test_the_page_names_a_configured_model(page: Page, server: FakeServer) -> None:
    server.model = "large-v3-turbo"
    page.reload()
    expect(page.locator("#model")).to_have_text("Model that listens: large-v3-turbo")


def test_a_typed_question_shows_the_answer(page: Page, server: FakeServer) -> None:
    page.get_by_label("Type a question").fill("What is 25 times 4?")
    page.get_by_label("Type a question").press("Enter")
    expect(page.locator(".answer")).to_have_text(TEXT_REPLY["text"])
    expect(page.locator(".said b")).to_have_text("What is 25 times 4?")
    expect(page.locator(".times")).to_contain_text("Total 91 ms")
    assert server.last("/v1/ask").body == b'{"text":"What is 25 times 4?","speak":true,"format":"mp3"}'


def test_a_held_button_uploads_what_the_microphone_hears_and_shows_what_was_understood(
    page: Page, server: FakeServer
) -> None:
    page.get_by_label("हिन्दी", exact=True).check(force=True)
    page.locator("#talk").hover()
    page.mouse.down()
    _expect_heard_for(page, 1)
    page.mouse.up()
    expect(page.locator(".said b")).to_have_text(TRANSCRIPT["text"])
    expect(page.locator(".answer")).to_have_text(VOICE_REPLY["text"])
    expect(page.locator(".answer")).to_have_attribute("lang", "hi")
    sent = server.last("/v1/voice")
    assert sent.query == {"format": "mp3", "language": "hi"}
    _assert_tone(sent.body)


def _assert_tone(body: bytes) -> None:
    assert body[:4] == b"RIFF"
    with wave.open(io.BytesIO(body)) as recording:
        assert (recording.getnchannels(), recording.getsampwidth()) == (1, 2)
        rate = recording.getframerate()
        samples = np.frombuffer(recording.readframes(recording.getnframes()), "<i2")
    assert len(samples) / rate > 1
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    assert np.argmax(spectrum) * rate / len(samples) == pytest.approx(440, abs=5)
    assert np.abs(samples).max() == pytest.approx(0.5 * 32767, rel=0.1)


def test_a_tap_starts_and_another_sends(page: Page, server: FakeServer) -> None:
    page.locator("#talk").click()
    expect(page.locator("#talk")).to_have_attribute("aria-pressed", "true")
    _expect_heard_for(page, 1)
    page.locator("#talk").click()
    expect(page.locator(".answer")).to_have_text(VOICE_REPLY["text"])
    assert server.last("/v1/voice").query == {"format": "mp3"}


def test_the_space_bar_talks_while_it_is_held(page: Page) -> None:
    page.locator("#talk").focus()
    page.keyboard.down("Space")
    _expect_heard_for(page, 1)
    page.keyboard.up("Space")
    expect(page.locator(".answer")).to_have_text(VOICE_REPLY["text"])


def test_escape_cancels_without_sending(page: Page, server: FakeServer) -> None:
    page.locator("#talk").click()
    _expect_phase(page, "listening")
    page.keyboard.press("Escape")
    _expect_phase(page, "ready")
    expect(page.locator("#status")).to_have_text("Cancelled")
    assert [request.path for request in server.sent] == ["/health/ready"]


def test_starting_to_talk_stops_the_answer(page: Page, server: FakeServer) -> None:
    server.answer_seconds = 30
    page.locator(".chip").first.click()
    expect(page.locator(".turn .small")).to_have_text("Stop")
    _expect_phase(page, "speaking")
    page.locator("#talk").click()
    expect(page.locator(".turn .small")).to_have_text("Play the answer")
    _expect_phase(page, "listening")


def test_the_answer_can_be_played_again(page: Page) -> None:
    page.locator(".chip").first.click()
    replay = page.get_by_role("button", name="Play the answer")
    replay.click()
    _expect_phase(page, "speaking")
    _expect_phase(page, "ready")
    expect(replay).to_be_visible()


def test_silence_is_told_apart_from_unclear_words(page: Page, server: FakeServer) -> None:
    for is_understood, told in ((True, "No speech was heard."), (False, "The words were not clear.")):
        server.transcript.update(text="", is_understood=is_understood)
        page.locator("#talk").click()
        _expect_heard_for(page, 1)
        page.locator("#talk").click()
        expect(page.locator(".said").last).to_have_text(told)


def test_a_refused_call_asks_for_the_key_and_then_works(page: Page, server: FakeServer) -> None:
    server.needs_key = True
    page.locator(".chip").first.click()
    expect(page.locator(".failure")).to_contain_text("This server needs an API key.")
    expect(page.get_by_label("API key")).to_be_focused()
    page.keyboard.type(KEY)
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("Saved.")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".answer")).to_have_text(TEXT_REPLY["text"])
    expect(page.locator(".failure")).to_have_count(0)


def test_a_failure_is_told_with_its_request(page: Page, server: FakeServer) -> None:
    server.is_busy = True
    page.locator(".chip").first.click()
    expect(page.get_by_role("alert")).to_contain_text(["The server is busy."])
    expect(page.locator(".failure")).to_contain_text("Request r-1")
    expect(page.locator(".failure")).to_contain_text("Too many recordings wait. (overloaded)")


def test_the_page_changes_its_language_and_remembers_it(page: Page) -> None:
    page.locator("#page-language").select_option("ta")
    expect(page.locator("html")).to_have_attribute("lang", "ta")
    expect(page.locator("h1")).to_have_text("உங்கள் மொழியில் பேசிக் கேளுங்கள்")
    expect(page.locator(".chip").first).to_have_attribute("lang", "ta")
    page.reload()
    expect(page.locator("h1")).to_have_text("உங்கள் மொழியில் பேசிக் கேளுங்கள்")


@pytest.mark.parametrize("code", ["en", "hi", "ta", "te", "bn", "mr"])
def test_a_narrow_phone_never_scrolls_sideways(page: Page, code: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.locator("#page-language").select_option(code)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator(".chip").first.click()
    expect(page.locator(".answer")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_page_is_dark_where_the_reader_wants_it_dark(page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(250, 246, 237)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == "rgb(18, 19, 31)"


def test_nothing_moves_where_the_reader_wants_it_still(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.getElementById('talk')).transitionDuration") == "0s"
