"""The real `openai` client against the real server."""

import io

import openai
import pytest
import srt
import webvtt

from tests.acceptance.conftest import Speak

SENTENCE = "what is the weather in pune tomorrow"


@pytest.fixture(scope="module")
def sdk(server: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{server}/v1", api_key="none", max_retries=0)


@pytest.fixture(scope="module")
def recording(say: Speak) -> tuple[str, bytes]:
    return ("question.wav", say(SENTENCE, "en"))


def test_json_and_text(sdk: openai.OpenAI, recording: tuple[str, bytes]) -> None:
    assert sdk.audio.transcriptions.create(model="whisper-1", file=recording).text == SENTENCE
    text = sdk.audio.transcriptions.create(model="whisper-1", file=recording, response_format="text")
    assert str(text).strip() == SENTENCE


def test_subtitles(sdk: openai.OpenAI, recording: tuple[str, bytes]) -> None:
    written = sdk.audio.transcriptions.create(model="whisper-1", file=recording, response_format="srt")
    assert [cue.content for cue in srt.parse(str(written))] == [SENTENCE]
    written = sdk.audio.transcriptions.create(model="whisper-1", file=recording, response_format="vtt")
    assert [caption.text for caption in webvtt.from_buffer(io.StringIO(str(written))).captions] == [SENTENCE]


def test_verbose_json_with_word_times(sdk: openai.OpenAI, recording: tuple[str, bytes]) -> None:
    told = sdk.audio.transcriptions.create(
        model="whisper-1", file=recording, response_format="verbose_json", timestamp_granularities=["word", "segment"]
    )
    assert told.language == "english"
    assert [word.word for word in told.words or []] == SENTENCE.split()
    assert told.segments
    assert 0 <= told.segments[0].start < told.segments[0].end <= told.duration


def test_events(sdk: openai.OpenAI, recording: tuple[str, bytes]) -> None:
    events = list(sdk.audio.transcriptions.create(model="whisper-1", file=recording, stream=True))
    assert [event.type for event in events] == ["transcript.text.delta", "transcript.text.done"]
    assert events[-1].type == "transcript.text.done"
    assert events[-1].text == SENTENCE


@pytest.mark.parametrize("format", ["mp3", "opus", "aac", "flac", "wav", "pcm"])
def test_speech_in_every_format(sdk: openai.OpenAI, format: str) -> None:
    spoken = sdk.audio.speech.create(model="tts-1", voice="alloy", input=SENTENCE, response_format=format)  # type: ignore[arg-type]
    assert len(spoken.content) > 4000
    if format != "pcm":
        heard = sdk.audio.transcriptions.create(model="whisper-1", file=(f"spoken.{format}", spoken.content))
        assert heard.text == SENTENCE


def test_models(sdk: openai.OpenAI) -> None:
    assert [model.id for model in sdk.models.list()] == ["starter-synthetic"]
    assert sdk.models.retrieve("starter-synthetic").object == "model"
    with pytest.raises(openai.NotFoundError):
        sdk.models.retrieve("gpt-9")


def test_errors_reach_the_client_with_code_and_request_id(sdk: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as refusal:
        sdk.audio.transcriptions.create(model="whisper-1", file=("x.wav", b"not audio at all" * 100))
    assert refusal.value.code == "audio_undecodable"
    assert refusal.value.request_id
