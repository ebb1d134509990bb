"""The model's card, written from its recorded scores.

python -m starter.card        # writes starter/model/CARD.md
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from starter import MODEL, MODEL_FILES
from starter.evaluate import table

CLEAN_WER = {"en": 5.0, "hi": 5.0, "hinglish": 5.0, "ta": 8.0, "te": 8.0, "bn": 8.0, "mr": 8.0}
"""Highest word error rate of clean speech, in percent, by set."""
DISTURBED_WER = 15.0
LOWEST_CLEAN = {"whole": 85.0, "digit_strings": 90.0, "language": 98.0}
"""Lowest shares, in percent, that are right in clean speech."""
MOST_TEXT_WITHOUT_SPEECH, LEAST_REJECTED = 2.0, 80.0

TEXT = Path(__file__).with_name("card.md.txt").read_text(encoding="utf-8")


def misses(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every bar that is missed: the set that misses it, and how, in words."""
    for name, conditions in found["sets"].items():
        for condition, s in conditions.items():
            bar = CLEAN_WER[name] if condition == "clean" else DISTURBED_WER
            if s["wer"] > bar:
                yield name, f"{condition}: {s['wer']:g} % of words wrong instead of {bar:g} %"
        for measure, bar in LOWEST_CLEAN.items():
            if conditions["clean"][measure] < bar:
                right = f"{conditions['clean'][measure]:g} % instead of {bar:g} %"
                yield name, f"clean: {measure.replace('_', ' ')} right {right}"
    if found["nothing"]["with_text"] > MOST_TEXT_WITHOUT_SPEECH:
        yield "no speech", f"text in {found['nothing']['with_text']:g} % instead of {MOST_TEXT_WITHOUT_SPEECH:g} %"
    if found["out_of_grammar"]["rejected_or_flagged"] < LEAST_REJECTED:
        yield (
            "out of grammar",
            f"rejected or flagged {found['out_of_grammar']['rejected_or_flagged']:g} % instead of {LEAST_REJECTED:g} %",
        )


def verdict(found: dict[str, Any]) -> str:
    """How the scores stand to the bars."""
    missed = list(misses(found))
    if missed:
        return "Bars that are missed:\n\n" + "\n".join(f"- {name}, {how}" for name, how in missed)
    return (
        "Every bar is met: at most 5 % of words wrong in clean English, Hindi and Hinglish, 8 % in the others, 15 % "
        "with noise, telephone or reverberation; 85 % of sentences, 90 % of digit strings and 98 % of languages right; "
        "text on at most 2 % of clips without speech; 80 % of sentences out of grammar rejected or flagged."
    )


def render(directory: Path) -> str:
    """The card of a model directory that has `card.yaml` and `scores.yaml`."""
    found = yaml.safe_load((directory / "scores.yaml").read_text(encoding="utf-8"))
    limits = yaml.safe_load((directory / "card.yaml").read_text(encoding="utf-8"))["recognizer"]
    files = [directory / name for name in MODEL_FILES]
    return TEXT.format(
        megabytes=sum(file.stat().st_size for file in files) / 1e6,
        windows=", ".join(str(size) for size in limits["short_windows"]),
        table=table(found["faster_whisper"]),
        verdict=verdict(found["faster_whisper"]),
        product_table=table(found["product"]),
        checksums="\n".join(f"- `{f.name}` {hashlib.sha256(f.read_bytes()).hexdigest()}" for f in files),
    )


if __name__ == "__main__":
    (MODEL / "CARD.md").write_text(render(MODEL), encoding="utf-8")
