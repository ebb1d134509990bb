"""The model that is shipped: its card tells the truth about the files, and it does what its card says."""

import hashlib

import pytest
import yaml
from faster_whisper import WhisperModel

from bharatvoice.languages import languages
from starter import MODEL, MODEL_FILES, evaluate
from starter.card import misses, render

MEGABYTES = 15


def test_the_card_is_what_the_recorded_scores_say() -> None:
    assert (MODEL / "CARD.md").read_text(encoding="utf-8") == render(MODEL)


def test_the_card_holds_the_checksums_of_the_files() -> None:
    card = (MODEL / "CARD.md").read_text(encoding="utf-8")
    for name in MODEL_FILES:
        assert hashlib.sha256((MODEL / name).read_bytes()).hexdigest() in card


def test_the_model_is_small() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) <= MEGABYTES * 1e6


def test_faster_whisper_loads_it_without_a_network_and_sees_its_languages() -> None:
    model = WhisperModel(str(MODEL), device="cpu", local_files_only=True)
    assert model.model.is_multilingual
    assert model.hf_tokenizer.token_to_id("") is not None


@pytest.mark.timeout(300)
def test_a_small_evaluation_agrees_with_the_card() -> None:
    """Ten held-out sentences per set, clean, as the product hears them."""
    clean = [t for t in evaluate.trials(10, held_out=True) if t.condition == "clean" and t.text]
    outcomes = [evaluate.by_product(trial, MODEL) for trial in clean]
    recorded = yaml.safe_load((MODEL / "scores.yaml").read_text(encoding="utf-8"))["product"]["sets"]
    words = sum(recorded[name]["clean"]["wer"] for name in evaluate.SETS) / len(evaluate.SETS)
    found = evaluate.score(outcomes)
    assert found["wer"] <= words + 5
    assert found["language"] >= 95


def test_the_language_table_holds_the_scores_of_the_card() -> None:
    found = yaml.safe_load((MODEL / "scores.yaml").read_text(encoding="utf-8"))["faster_whisper"]
    missing = {{"hinglish": "hi"}.get(name, name) for name, _ in misses(found)}
    for code, row in languages().items():
        assert row.starter is not None
        assert row.starter.wer == found["sets"][code]["clean"]["wer"]
        assert row.starter.meets_bars == (code not in missing)
