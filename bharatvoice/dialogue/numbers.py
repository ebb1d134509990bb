"""Numbers in a sentence: words of six languages, Indian digits, `1,25,000`, सवा and डेढ़, lakh and crore."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex

from bharatvoice.dialogue.normalization import fold_letters, name_signs
from bharatvoice.dialogue.number_words import NumberWords, number_words

_DIGITS = r"\d[\d,]*(?:\.\d+)?(?:(?:st|nd|rd|th)(?!\p{L}))?"
_TOKEN = regex.compile(rf"(?<![^\s(])-?{_DIGITS}|{_DIGITS}|[\p{{L}}\p{{M}}]+|[^\s\p{{L}}\p{{M}}\d]")
_HYPHEN = regex.compile(r"(?<=\p{L}\p{M}*)-(?=\p{L})")
_MOST_DIGITS = 15
"""Longer runs of digits are no number that anybody reckons with."""

_CEILING = {100: 1000, 1000: 10**5, 10**5: 10**7, 10**7: 10**14}
"""For each scale, the next unit that closes what it may multiply: after a lakh, a thousand starts afresh."""


@dataclass(frozen=True)
class NumberSpan:
    """A number and where it stands in the sentence."""

    start: int
    end: int
    value: Decimal


def find_numbers(text: str, language: str, *, words: bool = True, connected: bool = True) -> list[NumberSpan]:
    """Numbers of a sentence, in order.

    text: as `fold_letters` and `name_signs` leave it. words: whether number words count, or digits only.
    connected: whether "one hundred and five" is one number, or a hundred and a five.
    """
    tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(_HYPHEN.sub(" ", text))]
    reading = _Reading([token for token, _, _ in tokens], number_words(language), words=words, connected=connected)
    found, at = [], 0
    while at < len(tokens):
        value, end = reading.read(at)
        if value is not None:
            found.append(NumberSpan(tokens[at][1], tokens[end - 1][2], value))
        at = max(end, at + 1)
    return found


def as_digits(text: str, language: str) -> str:
    """A sentence in matching form with its numbers in ASCII digits: `सवा लाख में ५ जोड़ो` has 125000 and 5."""
    folded = name_signs(fold_letters(text))
    for span in reversed(find_numbers(folded, language)):
        folded = folded[: span.start] + plain(span.value) + folded[span.end :]
    return folded


def plain(value: Decimal) -> str:
    """ASCII digits without grouping, exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class _Reading:
    """Reads one number at a time from a sentence's tokens."""

    def __init__(self, tokens: list[str], table: NumberWords, *, words: bool, connected: bool) -> None:
        self.tokens, self.table, self.words, self.connected = tokens, table, words, connected

    def read(self, at: int) -> tuple[Decimal | None, int]:
        """The number that starts at a token, or None, and the token after it."""
        value: Decimal | None = None
        after_scale = False
        while at < len(self.tokens):
            step = self._fraction(at, value) or self._scale(at, value) or self._value(at, value, after_scale)
            if step is None:
                break
            value, at, after_scale = step
            if value >= 100 and value % 100 == 0 and self._connects(at):
                at += 1
        return (value, at) if value is None else self._decimals(value, at)

    def _entry(self, at: int, entries: Mapping[str, Decimal]) -> tuple[Decimal, int] | None:
        for length in range(min(self.table.longest, len(self.tokens) - at) if self.words else 0, 0, -1):
            found = entries.get(" ".join(self.tokens[at : at + length]))
            if found is not None:
                return found, at + length
        return None

    def _digits(self, at: int) -> Decimal | None:
        token = self.tokens[at].replace(",", "").rstrip("stndrh")
        is_number = token.lstrip("-")[:1].isdecimal() and len(token) <= _MOST_DIGITS
        return Decimal(token) if is_number else None

    def _value(self, at: int, value: Decimal | None, after_scale: bool) -> tuple[Decimal, int, bool] | None:
        digits = self._digits(at)
        entry = (digits, at + 1) if digits is not None else self._entry(at, self.table.values)
        if entry is None:
            return None
        if value is None:
            return entry[0], entry[1], False
        room = next(unit for unit in (100, 1000, 10**5, 10**7, 10**16) if abs(entry[0]) < unit)
        if value < room or value % room or (digits is not None and (not after_scale or digits < 0)):
            return None
        return value + entry[0], entry[1], False

    def _scale(self, at: int, value: Decimal | None) -> tuple[Decimal, int, bool] | None:
        scale = self.table.scales.get(self.tokens[at]) if self.words else None
        if scale is None:
            return None
        low = (value or Decimal(0)) % _CEILING[scale]
        if value is None or (value > 0 and low == 0):
            return (value or Decimal(0)) + scale, at + 1, True
        return (value + low * (scale - 1), at + 1, True) if 0 < low < scale else None

    def _fraction(self, at: int, value: Decimal | None) -> tuple[Decimal, int, bool] | None:
        """सवा दो is 2.25, and सवा लाख is 1.25 lakh."""
        offset = self.table.fractions.get(self.tokens[at]) if self.words else None
        if offset is None or at + 1 == len(self.tokens) or (value is not None and value % 1000):
            return None
        following = self._value(at + 1, None, False) or self._scale(at + 1, None)
        if following is None:
            return None
        base, end, is_scale = following
        unit = base if is_scale else 100 if base >= 100 and base % 100 == 0 else 1  # সাড়ে তিনশো: a hundred in one word
        return (value or Decimal(0)) + base + offset * unit, end, is_scale

    def _connects(self, at: int) -> bool:
        if not self.connected or at + 1 >= len(self.tokens) or self.tokens[at] not in self.table.connectors:
            return False
        entry = self._entry(at + 1, self.table.values)
        if entry is None or entry[0] >= 100:
            return False
        return self.table.scales.keys().isdisjoint(self.tokens[entry[1] : entry[1] + 1])

    def _decimals(self, value: Decimal, at: int) -> tuple[Decimal, int]:
        """`two point five`: what follows the point is digits, one by one or in pairs."""
        if not self.words or value % 1 or at + 1 >= len(self.tokens) or self.tokens[at] not in self.table.point:
            return value, at
        decimals, end = "", at + 1
        while end < len(self.tokens) and (step := self._value(end, None, False)) and 0 <= step[0] < 100:
            decimals, end = decimals + plain(step[0]), step[1]
        return (Decimal(f"{plain(value)}.{decimals}"), end) if decimals.isdigit() else (value, at)
