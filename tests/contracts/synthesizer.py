"""What any Synthesizer must do. A test class inherits this suite and gives the fixture `synthesizer`."""

import asyncio

import numpy as np
import pytest

from bharatvoice.errors import UnknownValue
from bharatvoice.voice.ports import Synthesizer

SENTENCES = {
    "en": "Good morning, how are you?",
    "hi": "नमस्ते, आप कैसे हैं?",
    "ta": "வணக்கம், எப்படி இருக்கிறீர்கள்?",
    "te": "నమస్కారం, మీరు ఎలా ఉన్నారు?",
    "bn": "নমস্কার, আপনি কেমন আছেন?",
    "mr": "नमस्कार, तुम्ही कसे आहात?",
}


class SynthesizerContract:
    @pytest.mark.parametrize("language", SENTENCES)
    async def test_every_language_is_spoken(self, synthesizer: Synthesizer, language: str) -> None:
        speech = await synthesizer.synthesize(SENTENCES[language], language)
        assert 0.8 < speech.seconds < 6
        assert speech.samples.dtype == np.int16
        assert speech.samples.ndim == 1
        assert np.abs(speech.samples).max() > 1000

    async def test_female_and_male_sound_different(self, synthesizer: Synthesizer) -> None:
        female, male = [await synthesizer.synthesize(SENTENCES["hi"], "hi", voice=name) for name in ("female", "male")]
        assert {"female", "male"} <= set(synthesizer.voices)
        assert not np.array_equal(female.samples, male.samples)

    async def test_every_listed_voice_speaks(self, synthesizer: Synthesizer) -> None:
        spoken = [await synthesizer.synthesize("नमस्ते", "hi", voice=name) for name in synthesizer.voices]
        assert all(speech.seconds > 0.3 for speech in spoken)

    async def test_unknown_voice_is_refused(self, synthesizer: Synthesizer) -> None:
        with pytest.raises(UnknownValue) as refused:
            await synthesizer.synthesize("नमस्ते", "hi", voice="nobody")
        assert (refused.value.code, refused.value.param) == ("unknown_voice", "voice")

    async def test_unknown_language_is_refused(self, synthesizer: Synthesizer) -> None:
        with pytest.raises(UnknownValue):
            await synthesizer.synthesize("hello", "xx")

    async def test_faster_speech_is_shorter(self, synthesizer: Synthesizer) -> None:
        spoken = [await synthesizer.synthesize(SENTENCES["hi"], "hi", speed=speed) for speed in (0.25, 1.0, 4.0)]
        slow, usual, fast = (speech.seconds for speech in spoken)
        assert slow > 1.2 * usual > 1.2 * 1.2 * fast

    async def test_nothing_to_say_is_no_error(self, synthesizer: Synthesizer) -> None:
        assert (await synthesizer.synthesize("", "hi")).seconds < 1
        assert (await synthesizer.synthesize("...", "hi")).seconds < 1

    async def test_text_is_never_an_option(self, synthesizer: Synthesizer) -> None:
        assert (await synthesizer.synthesize("--help", "en")).seconds > 0.2
        assert (await synthesizer.synthesize("-v ta one two three", "en")).seconds > 0.5

    async def test_concurrent_speech_is_the_same_speech(self, synthesizer: Synthesizer) -> None:
        alone = {code: await synthesizer.synthesize(text, code) for code, text in SENTENCES.items()}
        together = await asyncio.gather(*(synthesizer.synthesize(text, code) for code, text in SENTENCES.items()))
        for expected, heard in zip(alone.values(), together, strict=True):
            assert np.array_equal(expected.samples, heard.samples)
