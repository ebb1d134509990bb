"""Everything that a row of the language table needs is there. A failure names the file to write."""

import json
from pathlib import Path

import pytest
import yaml

from bharatvoice.languages import languages

ROOT = Path(__file__).parents[1]
SKILLS = [path.name for path in sorted((ROOT / "bharatvoice/skills/phrases/en").glob("*.yaml"))]
OF_EACH_LANGUAGE = [
    "bharatvoice/dialogue/numbers/{code}.yaml",
    "bharatvoice/voice/repairs/{code}.yaml",
    *(f"bharatvoice/skills/{kind}/{{code}}/{skill}" for kind in ("phrases", "replies", "tests") for skill in SKILLS),
]


@pytest.mark.parametrize("code", languages())
def test_no_file_of_a_language_is_missing(code: str) -> None:
    wanted = [name.format(code=code) for name in OF_EACH_LANGUAGE]
    assert [name for name in wanted if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("code", [code for code, row in languages().items() if row.starter is not None])
def test_a_language_of_the_starter_has_a_grammar(code: str) -> None:
    assert (ROOT / f"starter/grammar/{code}.yaml").is_file()


def test_the_page_speaks_every_language() -> None:
    texts = json.loads((ROOT / "handlers/page/texts.json").read_text(encoding="utf-8"))
    assert set(languages()) <= set(texts) or all(set(languages()) <= set(text) for text in texts.values())


def test_the_demo_asks_in_every_language() -> None:
    assert yaml.safe_load((ROOT / "bharatvoice/demo.yaml").read_text(encoding="utf-8")).keys() == languages().keys()
