"""The files of the page: texts complete, nothing fetched from elsewhere, colours readable."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from bharatvoice.languages import languages

PAGE = Path(__file__).parents[2] / "handlers" / "page"
FILES = sorted(path for path in PAGE.iterdir() if path.suffix in {".html", ".css", ".js", ".json", ".svg"})
TEXTS: dict[str, Any] = json.loads((PAGE / "texts.json").read_text(encoding="utf-8"))
HTML = (PAGE / "index.html").read_text(encoding="utf-8")
SCRIPTS = "".join(path.read_text(encoding="utf-8") for path in sorted(PAGE.glob("*.js")))
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
READABLE = 4.5
VISIBLE = 3.0
TEXT_ON_GROUND = [
    ("ink", "paper"), ("ink", "surface"), ("muted", "paper"), ("muted", "surface"), ("accent", "paper"),
    ("accent", "surface"), ("on-accent", "accent"), ("on-note", "note"), ("alert", "paper"), ("on-stage", "stage"),
    ("stage", "on-stage"), ("stage-muted", "stage"), ("stage-alert", "stage"), ("on-turmeric", "turmeric"),
    ("on-turmeric", "on-stage"),
]  # fmt: skip
EDGE_ON_GROUND = [
    ("edge", "paper"), ("edge", "surface"), ("thread", "paper"), ("stage-edge", "stage"), ("turmeric", "stage"),
]  # fmt: skip


def _palettes() -> dict[str, dict[str, str]]:
    light, dark = (PAGE / "colours.css").read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    in_light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light))
    return {"light": in_light, "dark": {**in_light, **dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", dark))}}


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_page_has_every_language_of_the_assistant_under_its_own_name() -> None:
    assert {code: row["native"] for code, row in TEXTS.items()} == {
        code: language.native for code, language in languages().items()
    }


@pytest.mark.parametrize("code", TEXTS)
def test_every_text_exists_in_every_language_with_the_same_blanks(code: str) -> None:
    blanks = {key: re.findall(r"\{\w+\}", text) for key, text in TEXTS["en"]["texts"].items()}
    assert {key: re.findall(r"\{\w+\}", text) for key, text in TEXTS[code]["texts"].items()} == blanks
    assert all(text.strip() for text in TEXTS[code]["texts"].values())
    assert len(TEXTS[code]["questions"]) == len(TEXTS["en"]["questions"])
    assert TEXTS[code]["dir"] == "ltr"


@pytest.mark.parametrize("code", [code for code in TEXTS if code != "en"])
def test_texts_are_translated_and_nfc(code: str) -> None:
    texts = TEXTS[code]["texts"]
    assert [key for key, text in texts.items() if text == TEXTS["en"]["texts"][key]] == []
    whole = json.dumps(TEXTS[code], ensure_ascii=False)
    assert whole == unicodedata.normalize("NFC", whole)


def test_every_key_of_the_html_exists_and_english_stands_there_already() -> None:
    keys = set(re.findall(r'data-(?:text|label|placeholder)="([^"]+)"', HTML))
    assert keys
    assert keys <= TEXTS["en"]["texts"].keys()
    for key, text in re.findall(r'data-text="([^"]+)"[^>]*>([^<]+)<', HTML):
        assert text == TEXTS["en"]["texts"][key]


def test_every_text_is_used() -> None:
    stems = ("status_", "timing_")
    unused = [key for key in TEXTS["en"]["texts"] if f'"{key}"' not in HTML + SCRIPTS and not key.startswith(stems)]
    assert unused == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_names_another_server(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace(SVG_NAMESPACE, "")
    assert re.findall(r"(?:[a-z]+:)?//[a-z0-9][^\s\"')]*", re.sub(r"(?m)^\s*//.*|\s// .*", "", text)) == []


def test_the_html_has_no_inline_script_or_style() -> None:
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", HTML) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("colour", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_on_its_ground(scheme: str, colour: str, ground: str) -> None:
    palette = _palettes()[scheme]
    assert _contrast(palette[colour], palette[ground]) >= READABLE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("colour", "ground"), EDGE_ON_GROUND)
def test_edges_can_be_seen_on_their_ground(scheme: str, colour: str, ground: str) -> None:
    palette = _palettes()[scheme]
    assert _contrast(palette[colour], palette[ground]) >= VISIBLE


def test_colours_are_written_in_one_file_only() -> None:
    assert re.findall(r"#[0-9a-f]{3,8}\b", (PAGE / "page.css").read_text(encoding="utf-8")) == []
