import random

import pytest

from bharatvoice.languages import languages
from bharatvoice.skills.answering import Assistant
from starter.grammar import Sampler
from tests.skills.conftest import NOW

SENTENCES = 1500
INTENTS = {
    "time.now": {"time.now"},
    "date.today": {"date.today", "date.weekday"},
    "calculate": {f"calculate.{kind}" for kind in ("add", "subtract", "multiply", "divide", "percent", "gst")},
    "festival.when": {"festival.when"},
    "holiday.next": {"holiday.next", "holiday.on", "holiday.month"},
    "helpline": {"helpline"},
    "help": {"help"},
    "greeting": {"greeting"},
    "thanks": {"thanks"},
    "goodbye": {"goodbye"},
}
"""Intents of the skills by the intent of the starter grammar. The rest of the grammar has no skill."""


@pytest.mark.parametrize("language", languages())
def test_the_skills_understand_what_the_starter_model_can_hear(assistant: Assistant, language: str) -> None:
    sampler = Sampler(language, random.Random(20261123))
    drawn = [sampler.draw() for _ in range(SENTENCES)]
    wrong = {}
    for sentence in drawn:
        answer = assistant.answer(sentence.text, now=NOW, language=language)
        if sentence.intent in INTENTS and answer.intent not in INTENTS[sentence.intent]:
            wrong[sentence.text] = (sentence.intent, answer.intent)
    assert {sentence.intent for sentence in drawn} >= INTENTS.keys()
    assert not wrong


@pytest.mark.parametrize("language", languages())
def test_what_no_skill_serves_is_not_understood(assistant: Assistant, language: str) -> None:
    sampler = Sampler(language, random.Random(7))
    drawn = [sampler.draw() for _ in range(SENTENCES)]
    others = [sentence.text for sentence in drawn if sentence.intent not in INTENTS]
    answers = {text: assistant.answer(text, now=NOW, language=language) for text in others}
    assert not {text: answer for text, answer in answers.items() if answer.is_understood}
