from importlib.resources import files
from typing import Any

import pytest
import regex
import yaml

from bharatvoice.errors import SettingsRejected
from bharatvoice.languages import languages
from bharatvoice.skills.answering import Assistant
from bharatvoice.skills.phrasebook import SKILLS, fields_of, read, read_phrases, read_replies, reject_empty
from tests.skills.conftest import NOW

EVERY = [(language, skill) for language in languages() for skill in SKILLS]
OWN_SCRIPT = {code: language.script for code, language in languages().items() if language.script != "Latn"}
SCRIPT_NAMES = {"Deva": "Devanagari", "Taml": "Tamil", "Telu": "Telugu", "Beng": "Bengali"}


def cases_of(language: str, skill: str) -> list[dict[str, Any]]:
    file = files("bharatvoice.skills").joinpath("tests", language, f"{skill}.yaml")
    cases: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return cases


@pytest.mark.parametrize(("language", "skill"), EVERY)
def test_every_test_sentence_has_its_intent_slots_and_reply(assistant: Assistant, language: str, skill: str) -> None:
    wrong = []
    for case in cases_of(language, skill):
        answer = assistant.answer(case["text"], now=NOW, language=language)
        found = (answer.language, answer.intent, answer.slots)
        if found != (language, case["intent"], case["slots"]) or case.get("reply", "") not in answer.text:
            wrong.append((case, answer))
    assert not wrong


@pytest.mark.parametrize(("language", "skill"), EVERY)
def test_every_intent_of_every_language_has_a_test(language: str, skill: str) -> None:
    intents = set(read_phrases(language)[skill].intents)
    assert intents == set(read_phrases("en")[skill].intents)
    assert intents == {case["intent"] for case in cases_of(language, skill)}


@pytest.mark.parametrize("language", languages())
def test_slots_and_their_values_are_the_same_in_every_language(language: str) -> None:
    known = {"festival": set(read("festivals.yaml")), "helpline": set(read("helplines.yaml"))}
    english = read_phrases("en")
    for skill, phrases in read_phrases(language).items():
        slots = {slot for templates in phrases.intents.values() for slot in slots_of(templates)}
        assert slots == {slot for templates in english[skill].intents.values() for slot in slots_of(templates)}
        for name, values in phrases.lists.items():
            if name in known:
                assert set(values) <= known[name], name
            elif name in {"month", "weekday", "year", "day"}:
                assert set(values) <= set(english[skill].lists[name]) | {"yesterday", "day_before_yesterday"}, name


def slots_of(templates: object) -> set[str]:
    return {slot or name for name, slot in regex.findall(r"\{(\w+)(?::(\w+))?\}", str(templates))}


@pytest.mark.parametrize("language", languages())
def test_every_list_and_group_of_words_is_used(language: str) -> None:
    for skill, phrases in read_phrases(language).items():
        templates = str(phrases.intents)
        unused = [name for name in phrases.lists if not regex.search(rf"\{{{name}[:}}]", templates)]
        unused += [name for name in phrases.words if f"<{name}>" not in templates]
        assert not unused, skill


@pytest.mark.parametrize("language", languages())
def test_replies_have_the_fields_of_their_english_twins(language: str) -> None:
    replies, english = read_replies(language).sentences, read_replies("en").sentences
    assert {key: fields_of(reply) for key, reply in replies.items()} == {
        key: fields_of(reply) for key, reply in english.items()
    }


@pytest.mark.parametrize(("language", "script"), OWN_SCRIPT.items())
def test_replies_are_written_in_the_script_of_their_language(language: str, script: str) -> None:
    for key, reply in read_replies(language).sentences.items():
        letters = regex.sub(r"\{\w+\}", "", reply)
        assert not regex.search(rf"[^\p{{{SCRIPT_NAMES[script]}}}\p{{Common}}\p{{Inherited}}]", letters), key


@pytest.mark.parametrize("empty", [None, [], {}, "", {"a": []}, ["x", ""], {"intents": {"help": [None]}}])
def test_an_empty_file_list_or_text_stops_the_start(empty: object) -> None:
    with pytest.raises(SettingsRejected, match="empty"):
        reject_empty(empty, "a file")


def test_a_word_that_yaml_reads_as_true_stops_the_start() -> None:
    with pytest.raises(SettingsRejected, match="in quotes"):
        reject_empty(yaml.safe_load("words: [on, off]"), "a file")


def test_a_language_without_files_stops_the_start() -> None:
    with pytest.raises(SettingsRejected, match="phrases/xx/clock"):
        read_phrases("xx")
