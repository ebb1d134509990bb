"""What was said, when, in which language, and how sure the recognizer is. Times are seconds from the start."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Word:
    """One word and when it sounds."""

    word: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True)
class Segment:
    """A timed piece of a transcript."""

    id: int
    start: float
    end: float
    text: str
    language: str
    avg_logprob: float
    no_speech_prob: float
    compression_ratio: float
    temperature: float = 0.0
    seek: int = 0
    """Where the decoded window began, in feature frames, as OpenAI reports it."""
    tokens: tuple[int, ...] = ()
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Transcript:
    """Words recognized in one recording."""

    text: str
    language: str
    """Code of the language that was chosen or detected."""
    language_probability: float
    duration: float
    """Seconds of audio."""
    speech_seconds: float
    """Seconds of it in which somebody speaks, by voice activity detection."""
    is_understood: bool
    """False when somebody spoke but the recognizer does not trust what it could write down.
    Then `text` is empty. True for silence: there was nothing to understand."""
    model: str
    segments: tuple[Segment, ...] = field(default=())
