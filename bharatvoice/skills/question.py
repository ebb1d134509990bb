"""What a skill is asked, and the words for dates and numbers that skills share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale

from bharatvoice.skills.phrasebook import Replies

MOST_DECIMALS = 4


@dataclass(frozen=True)
class Question:
    """An understood utterance."""

    intent: str
    slots: Mapping[str, str]
    now: datetime
    """In the time zone of the person who asks."""
    replies: Replies

    def say(self, key: str, **fields: str) -> str:
        """A reply in the language of the question."""
        return self.replies.say(key, **fields)

    def full_date(self, day: date) -> str:
        """As in Monday, 23 November 2026."""
        return f"{self.weekday(day)}, {day.day} {self.month(day.month)} {day.year}"

    def weekday(self, day: date) -> str:
        return str(self._locale.days["stand-alone"]["wide"][day.weekday()])

    def month(self, number: int) -> str:
        return str(self._locale.months["stand-alone"]["wide"][number])

    @property
    def _locale(self) -> Locale:
        return Locale.parse(f"{self.replies.language}_IN")


def grouped(value: Decimal) -> str:
    """ASCII digits grouped as in India, 1,25,000, with at most four decimals, rounded half up."""
    rounded = value.quantize(Decimal(1).scaleb(-MOST_DECIMALS), ROUND_HALF_UP)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    sign = "-" if rounded < 0 else ""
    return sign + ",".join([*pairs, tail]) + ("." + decimals.rstrip("0")).rstrip(".")
