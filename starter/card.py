"""The model's card, written from its recorded scores.

python -m starter.card        # writes starter/model/CARD.md
"""

import hashlib
from pathlib import Path
from typing import Any

import yaml

from starter import MODEL, MODEL_FILES
from starter.evaluate import table

BARS = {"en": 5.0, "hi": 5.0, "hinglish": 5.0, "ta": 8.0, "te": 8.0, "bn": 8.0, "mr": 8.0}
"""Word error rate, in percent, that clean speech of each set must not exceed."""
DISTURBED_BAR = 15.0

TEXT = Path(__file__).with_name("card.md.txt").read_text(encoding="utf-8")


def verdict(found: dict[str, Any]) -> str:
    """Which sets miss their bar, in words."""
    misses = [
        f"{name}, {condition}: {s['wer']:g} % instead of {bar:g} %"
        for name, conditions in found["sets"].items()
        for condition, s in conditions.items()
        if s["wer"] > (bar := BARS[name] if condition == "clean" else DISTURBED_BAR)
    ]
    if not misses:
        return (
            "Every set is within its bar (clean: 5 % for English, Hindi and Hinglish, 8 % for the others; else 15 %)."
        )
    return "Word error rates that miss their bar: " + "; ".join(misses) + "."


def render(directory: Path) -> str:
    """The card of a model directory that has `card.yaml` and `scores.yaml`."""
    found = yaml.safe_load((directory / "scores.yaml").read_text(encoding="utf-8"))
    limits = yaml.safe_load((directory / "card.yaml").read_text(encoding="utf-8"))["recognizer"]
    files = [directory / name for name in MODEL_FILES]
    return TEXT.format(
        megabytes=sum(file.stat().st_size for file in files) / 1e6,
        windows=", ".join(str(size) for size in limits["short_windows"]),
        table=table(found),
        verdict=verdict(found),
        checksums="\n".join(f"- `{f.name}` {hashlib.sha256(f.read_bytes()).hexdigest()}" for f in files),
    )


if __name__ == "__main__":
    (MODEL / "CARD.md").write_text(render(MODEL), encoding="utf-8")
