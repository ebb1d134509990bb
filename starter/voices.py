"""Which voices speak: variants, speeds and pitches of espeak-ng, split between training and evaluation."""

import random
from dataclasses import dataclass

BASES = {
    "en": ("en-us", "en", "en-gb-x-rp", "hi"),
    "hi": ("hi",),
    "ta": ("ta",),
    "te": ("te",),
    "bn": ("bn",),
    "mr": ("mr",),
}
"""espeak-ng has no Indian English: British, American, and the Hindi voice reading English stand for it."""

STRANGE_BASES = ("de", "fr", "es", "ru", "tr", "id", "sw", "kn", "ml", "gu", "ur", "pl", "it", "ar", "ko", "vi")
"""Voices that read garbage with sounds of other languages."""

TRAINING_VARIANTS = (
    "", "m1", "m2", "m3", "m4", "m5", "m6", "m8", "f1", "f2", "f3", "f4", "Alex", "Alicia", "Andrea", "Andy",
    "Diogo", "Gene", "Henrique", "Hugo", "Jacky", "Marco", "Mario", "Michael", "Mike", "Nguyen", "adam", "anika",
    "antonio", "aunty", "belinda", "benjamin", "boris", "caleb", "david", "ed", "edward", "grandma", "grandpa",
    "gustave", "iven", "john", "klatt", "klatt2", "linda", "marcelo", "max", "michel", "miguel", "norbert", "pablo",
    "pedro", "quincy", "rob", "robert", "sandro", "shelby", "steph", "zac",
)  # fmt: skip
HELD_OUT_VARIANTS = ("f5", "m7", "Annie", "Denis", "Lee", "steph2", "paul", "klatt4", "travis", "victor")

SPEEDS = range(125, 200)
PITCHES = range(25, 81)
HELD_OUT_SPEEDS = (*range(148, 156), *range(174, 180))
HELD_OUT_PITCHES = (*range(44, 52), *range(64, 70))


@dataclass(frozen=True)
class Voice:
    """One way to speak: base voice with variant, words per minute, and pitch 0 to 99."""

    name: str
    speed: int
    pitch: int


def draw(language: str, chance: random.Random, *, held_out: bool, bases: tuple[str, ...] | None = None) -> Voice:
    """A voice from one side of the split: variant, speed and pitch all differ between the sides."""
    base = chance.choice(bases or BASES[language])
    variant = chance.choice(HELD_OUT_VARIANTS if held_out else TRAINING_VARIANTS)
    return Voice(
        name=f"{base}+{variant}" if variant else base,
        speed=_pick(chance, SPEEDS, HELD_OUT_SPEEDS, held_out=held_out),
        pitch=_pick(chance, PITCHES, HELD_OUT_PITCHES, held_out=held_out),
    )


def _pick(chance: random.Random, every: range, reserved: tuple[int, ...], *, held_out: bool) -> int:
    return chance.choice(reserved if held_out else [value for value in every if value not in reserved])
