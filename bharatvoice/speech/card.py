"""What is known about a recognition model, from the `card.yaml` beside its weights."""

from dataclasses import dataclass
from pathlib import Path

import yaml

STARTER_MODEL = "starter-synthetic"
"""The name in the card of the model that ships with the project, by which callers are told that it listens."""


@dataclass(frozen=True)
class Card:
    """A model's name, what was validated for it, and when to distrust it."""

    name: str
    short_windows: tuple[int, ...] = ()
    """Feature frames of the windows shorter than 30 s for which accuracy was measured; empty for none."""
    max_no_speech: float = 0.6
    """A segment whose no-speech probability is above this and whose confidence is below `min_logprob` is dropped."""
    min_logprob: float = -1.0
    """Mean log probability of the tokens below which a decoding is retried warmer, and at last distrusted."""
    longest_stretch: float = 28.0
    """Seconds of unbroken speech that are decoded at once; longer speech is cut, at a pause where there is one."""
    beam_size: int = 5
    """Hypotheses kept while decoding. A model that is very sure of itself needs 1: the others are junk that ends early,
    and CTranslate2 stops when as many hypotheses as the beam is wide have ended."""
    timestamps: bool = True
    """Whether to decode timestamps. A model of single utterances is surer without, and voice activity has the times."""
    rejects_unknown_speech: bool = False
    """Whether no-speech alone marks speech outside the model's domain: it was trained to say so."""


def read_card(directory: Path) -> Card:
    """The card of a model directory; one that has none gets Whisper's usual thresholds and its folder's name."""
    path = directory / "card.yaml"
    if not path.exists():
        return Card(name=directory.name)
    fields = yaml.safe_load(path.read_text(encoding="utf-8"))["recognizer"]
    return Card(**{**fields, "short_windows": tuple(fields.get("short_windows", ()))})
