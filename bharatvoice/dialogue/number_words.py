"""Number words, from `numbers/<language>.yaml`. English ones count in every language, as people mix them in."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bharatvoice.dialogue.normalization import fold_letters
from bharatvoice.dialogue.tables import read_table


@dataclass(frozen=True)
class NumberWords:
    """Number words of one language, in matching form; several words may make one entry."""

    values: Mapping[str, Decimal]
    scales: Mapping[str, int]
    fractions: Mapping[str, Decimal]
    point: frozenset[str]
    connectors: frozenset[str]
    longest: int
    """Words in the longest entry."""


@cache
def number_words(language: str) -> NumberWords:
    """The table of a language, English included."""
    table = read_table(f"numbers/{language}")
    english = read_table("numbers/en")
    values = {**_by_form(english["numbers"]), **_by_form(table["numbers"])}
    scales = {**_by_form(english["scales"]), **_by_form(table["scales"])}
    fractions = _by_form(table.get("fractions", {}))
    return NumberWords(
        values=values,
        scales={form: int(scale) for form, scale in scales.items()},
        fractions=fractions,
        point=frozenset(map(fold_letters, [*english["point"], *table["point"]])),
        connectors=frozenset(map(fold_letters, table.get("connectors", []))),
        longest=max(form.count(" ") + 1 for form in (*values, *scales, *fractions)),
    )


def _by_form(entries: Mapping[object, list[str]]) -> dict[str, Decimal]:
    return {fold_letters(form): Decimal(str(value)) for value, forms in entries.items() for form in forms}
