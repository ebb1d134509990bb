"""The recognizer with the real starter model: speech in, words compared."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest

from bharatvoice.adapters.faster_whisper_recognizer import FasterWhisperRecognizer
from bharatvoice.errors import ModelMissing
from bharatvoice.speech.ports import SAMPLING_RATE, Samples
from starter import MODEL
from starter.speak import speak
from starter.voices import Voice

SPOKEN = {
    "en": "what is the weather in pune tomorrow",
    "hi": "आज कौन सा दिन है",
    "ta": "இப்போது மணி என்ன",
    "te": "ఇప్పుడు సమయం ఎంత",
    "bn": "এখন কটা বাজে",
    "mr": "आज कोणता वार आहे",
}
VOICES = {"en": "en-us+m7", "hi": "hi+f5", "ta": "ta+m7", "te": "te+m7", "bn": "bn+m7", "mr": "mr+f5"}


@pytest.fixture(scope="module")
def recognizer() -> FasterWhisperRecognizer:
    loaded = FasterWhisperRecognizer.load(
        str(MODEL), offline=True, device="cpu", compute_type="default", threads=2, short_windows=True
    )
    loaded.warm()
    return loaded


def said(language: str, text: str | None = None) -> Samples:
    quiet = np.zeros(SAMPLING_RATE // 2, dtype=np.float32)
    spoken = speak(text or SPOKEN[language], Voice(VOICES[language], 150, 50)).samples
    return np.concatenate([quiet, spoken, quiet])


@pytest.mark.parametrize("language", SPOKEN)
def test_each_language_is_detected_and_written_down(recognizer: FasterWhisperRecognizer, language: str) -> None:
    transcript = recognizer.recognize(said(language))
    assert (transcript.language, transcript.text) == (language, SPOKEN[language])
    assert transcript.is_understood
    assert transcript.language_probability > 0.5


def test_word_times_follow_one_another_and_lie_where_the_words_sound(recognizer: FasterWhisperRecognizer) -> None:
    spoken = speak(SPOKEN["hi"], Voice(VOICES["hi"], 150, 50))
    transcript = recognizer.recognize(said("hi"), word_times=True)
    words = [word for segment in transcript.segments for word in segment.words]
    assert " ".join(word.word for word in words) == SPOKEN["hi"]
    for word, (start, _) in zip(words, spoken.word_times, strict=True):
        assert word.start == pytest.approx(start + 0.5, abs=0.3)
    assert all(a.start <= a.end <= b.end for a, b in pairwise(words))


def test_two_languages_in_one_recording_are_two_segments(recognizer: FasterWhisperRecognizer) -> None:
    pause = np.zeros(SAMPLING_RATE, dtype=np.float32)
    transcript = recognizer.recognize(np.concatenate([said("en"), pause, said("ta")]))
    assert [segment.language for segment in transcript.segments] == ["en", "ta"]
    assert transcript.text == f"{SPOKEN['en']} {SPOKEN['ta']}"
    assert transcript.segments[0].end <= transcript.segments[1].start


@pytest.mark.parametrize("level", [0.0, 0.001, 0.05])
def test_silence_and_noise_are_empty_and_not_misunderstood(recognizer: FasterWhisperRecognizer, level: float) -> None:
    noise = np.random.default_rng(1).normal(0, level, 3 * SAMPLING_RATE) if level else np.zeros(3 * SAMPLING_RATE)
    transcript = recognizer.recognize(noise.astype(np.float32))
    assert transcript.text == ""
    assert transcript.is_understood


def test_an_ordinary_sentence_is_marked_as_not_understood(recognizer: FasterWhisperRecognizer) -> None:
    strays = [
        "the old bridge was painted green before the rains came",
        "my uncle sold his bicycle to a travelling singer",
    ]
    transcripts = [recognizer.recognize(said("en", stray)) for stray in strays]
    assert [(t.text, t.is_understood) for t in transcripts] == [("", False)] * 2


def test_only_the_callers_languages_are_considered(recognizer: FasterWhisperRecognizer) -> None:
    assert recognizer.recognize(said("mr"), languages=["mr", "en"]).language == "mr"
    assert recognizer.recognize(said("mr"), languages=["bn"]).language == "bn"


def test_the_model_can_be_checked(recognizer: FasterWhisperRecognizer) -> None:
    recognizer.check()


def test_no_samples_at_all_are_silence(recognizer: FasterWhisperRecognizer) -> None:
    assert recognizer.recognize(np.empty(0, dtype=np.float32)).text == ""


def test_threads_share_the_model_without_mixing_languages_up(recognizer: FasterWhisperRecognizer) -> None:
    asked = list(SPOKEN) * 2
    recordings = [said(language) for language in asked]
    with ThreadPoolExecutor(4) as pool:
        heard = [transcript.text for transcript in pool.map(recognizer.recognize, recordings)]
    assert heard == [SPOKEN[language] for language in asked]


@pytest.mark.parametrize("model", ["/nowhere/at/all", "no-such-size", "large-v3"])
def test_a_model_that_is_not_there_is_an_error_and_never_another_model(model: str) -> None:
    with pytest.raises(ModelMissing, match=model):
        FasterWhisperRecognizer.load(
            model, offline=True, device="cpu", compute_type="default", threads=1, short_windows=True
        )


def test_the_model_names_itself_and_its_languages(recognizer: FasterWhisperRecognizer) -> None:
    assert recognizer.model == "starter-synthetic"
    assert set(recognizer.languages) == set(SPOKEN)
