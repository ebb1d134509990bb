"""Somebody asks aloud, in every language, and hears a right answer."""

import base64
import io
from datetime import datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import av
import httpx
import pytest

from tests.acceptance.conftest import Speak

QUESTIONS = {
    "en": ("what is twenty five plus seventeen", "calculate.add", "42"),
    "hi": ("पच्चीस और सत्रह कितना होता है", "calculate.add", "42"),
    "ta": ("இப்போது மணி என்ன", "time.now", ":"),
    "te": ("ఇప్పుడు సమయం ఎంత", "time.now", ":"),
    "bn": ("এখন কটা বাজে", "time.now", ":"),
    "mr": ("आज कोणता वार आहे", "date.today", "वार"),
}


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_spoken_question_is_heard_understood_and_answered_aloud(
    client: httpx.Client, say: Speak, language: str
) -> None:
    question, intent, inside = QUESTIONS[language]
    recording = say(question, language)
    told = client.post("/v1/voice", content=recording, headers={"Content-Type": "audio/wav"}).raise_for_status().json()
    assert (told["transcript"]["language"], told["transcript"]["text"]) == (language, question)
    assert (told["reply"]["intent"], told["reply"]["language"]) == (intent, language)
    assert inside in told["reply"]["text"]
    with av.open(io.BytesIO(base64.b64decode(told["audio"]["base64"])), "r") as answer:
        seconds = sum(frame.samples / frame.sample_rate for frame in answer.decode(audio=0))
    assert seconds > 0.8


def test_hinglish_is_heard_with_its_english_words_in_latin_letters(client: httpx.Client, say: Speak) -> None:
    recording = say("आज की date क्या है", "hi")
    told = client.post("/v1/voice?audio=none", content=recording, headers={"Content-Type": "audio/wav"}).json()
    assert told["transcript"]["text"] == "आज की date क्या है"
    assert told["reply"]["intent"] == "date.today"
    assert str(datetime.now(ZoneInfo("Asia/Kolkata")).year) in told["reply"]["text"]


def test_audio_comes_back_when_audio_is_asked_for(client: httpx.Client, say: Speak) -> None:
    headers = {"Content-Type": "audio/wav", "Accept": "audio/flac"}
    answer = client.post("/v1/voice", content=say("दिवाली कब है", "hi"), headers=headers)
    assert answer.headers["content-type"] == "audio/flac"
    assert unquote(answer.headers["x-transcript"]) == "दिवाली कब है"
    assert answer.content[:4] == b"fLaC"


def test_speech_that_is_no_question_for_us_is_not_turned_into_a_command(client: httpx.Client, say: Speak) -> None:
    recording = say("the old bridge was painted green before the rains came", "en")
    told = client.post("/v1/voice?audio=none", content=recording, headers={"Content-Type": "audio/wav"}).json()
    assert (told["transcript"]["text"], told["transcript"]["is_understood"]) == ("", False)
    assert told["reply"]["intent"] is None
    assert told["reply"]["text"]


def test_the_answer_can_be_understood_by_the_recognizer_again(client: httpx.Client, say: Speak) -> None:
    """What `--speak` and `/v1/audio/speech` produce is speech, not noise: the loop closes."""
    recording = say("what time is it", "en")
    files = {"file": ("spoken.wav", recording, "audio/wav")}
    heard = client.post("/v1/audio/transcriptions", files=files, data={"model": "whisper-1"}).json()
    assert heard["text"] == "what time is it"
