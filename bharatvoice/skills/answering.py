"""From a text to the assistant's answer: the language, the intent, the skill that answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bharatvoice.dialogue.intents import Match, PhraseMatcher
from bharatvoice.dialogue.language_choice import ROMANIZED, candidates, choose, is_romanized
from bharatvoice.dialogue.normalization import clean
from bharatvoice.languages import languages
from bharatvoice.skills import calculator, clock, festivals, help, helplines
from bharatvoice.skills.calendar import LAST_YEAR, central_holidays
from bharatvoice.skills.phrasebook import Replies, read_phrases, read_replies
from bharatvoice.skills.question import Question

_SKILLS = {"clock": clock, "calculator": calculator, "festivals": festivals, "helplines": helplines, "help": help}


@dataclass(frozen=True)
class Answer:
    """What the assistant says."""

    text: str
    language: str
    """Code of the language of the answer."""
    intent: str | None
    """None when nothing was understood."""
    slots: dict[str, str]
    is_understood: bool


@dataclass(frozen=True)
class Assistant:
    """Answers texts in every language of the table. Thread-safe; build it once with `load`."""

    timezone: ZoneInfo
    matchers: Mapping[str, PhraseMatcher] = field(repr=False)
    replies: Mapping[str, Replies] = field(repr=False)
    skill_of: Mapping[str, str] = field(repr=False)
    """Skill by intent."""

    @classmethod
    def load(cls, timezone: str | ZoneInfo = "Asia/Kolkata") -> "Assistant":
        """Read all phrases and replies: a second or two. Raises SettingsRejected when any are missing or wrong."""
        phrases = {language: read_phrases(language) for language in languages()}
        matchers = {
            language: PhraseMatcher(language, list(of_skill.values()), is_tolerant=language in ROMANIZED)
            for language, of_skill in phrases.items()
        }
        skill_of = {intent: skill for skill, group in phrases["en"].items() for intent in group.intents}
        central_holidays(LAST_YEAR, "en")  # the package loads its calendars when first asked
        zone = timezone if isinstance(timezone, ZoneInfo) else ZoneInfo(timezone)
        replies = {language: read_replies(language) for language in languages()}
        return cls(zone, MappingProxyType(matchers), MappingProxyType(replies), MappingProxyType(skill_of))

    def answer(self, text: str, *, now: datetime, language: str | None = None, heard: bool = True) -> Answer:
        """What to say to a text.

        now: an aware time; the answer speaks of it in the assistant's time zone. language: the caller's, which decides
        where the text does not. heard: False for silence, whose text is ignored; speech that nobody could make out is
        heard, and empty.
        """
        said = clean(text) if heard else ""
        matches = self._matches(said, language)
        chosen = choose(said, matches, language)
        match = matches.get(chosen)
        if match is None:
            key = "not_understood" if heard else "not_heard"
            return Answer(self.replies[chosen].say(key), chosen, None, {}, is_understood=False)
        question = Question(match.intent, match.slots, now.astimezone(self.timezone), self.replies[chosen])
        reply = _SKILLS[self.skill_of[match.intent]].answer(question)
        return Answer(reply, chosen, match.intent, dict(match.slots), is_understood=True)

    def _matches(self, text: str, preferred: str | None) -> dict[str, Match]:
        """What the text means in each language that it may be in; a tolerant look only where no exact one succeeds."""
        possible = candidates(text, preferred)
        exact = {code: match for code in possible if (match := self.matchers[code].match(text))}
        if exact or not is_romanized(text):
            return exact
        return {code: match for code in ROMANIZED if (match := self.matchers[code].match_loosely(text))}
