"""What can go wrong, as one tree. Every error has a stable code and says whether retrying can help.

BharatVoiceError
├── BadInput                the caller must change something
│   ├── AudioRejected       audio_empty, audio_undecodable
│   │   └── AudioTooLarge   file_too_large, audio_too_long
│   ├── TextRejected        text_empty, text_too_long, text_invalid
│   └── UnknownValue        unknown_language, unknown_model, unknown_format, ...
│       └── UnknownModel    unknown_model
├── RecognitionFailed       recognition_failed
├── SynthesisFailed         synthesis_failed
├── Overloaded              overloaded          retrying helps
├── NotReady                not_ready           retrying helps
└── SettingsRejected        settings_rejected   the operator must change something
    └── ModelMissing        model_missing
"""

from collections.abc import Iterable


class BharatVoiceError(Exception):
    """Base of everything this project raises on purpose. The message says what to do."""

    code = "internal_error"
    is_permanent = True
    """Whether the same request will fail again; if not, retrying can help."""

    def __init__(self, message: str, *, code: str | None = None, param: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.param = param
        """The name of the field that is wrong, when one is."""


class BadInput(BharatVoiceError):
    """The request cannot be served as it is."""

    code = "invalid_request"


class AudioRejected(BadInput):
    """The audio is empty or cannot be decoded."""

    code = "audio_undecodable"


class AudioTooLarge(AudioRejected):
    """The audio has more bytes or more seconds than this server accepts."""

    code = "file_too_large"


class TextRejected(BadInput):
    """The text is empty, too long, or not valid Unicode."""

    code = "text_invalid"


class UnknownValue(BadInput):
    """A field has a value that is not in its table; the message lists the table."""

    code = "unknown_value"

    @classmethod
    def of(cls, what: str, value: str, known: Iterable[str], *, param: str) -> "UnknownValue":
        """`what` is the noun of the table, as in "language"."""
        choices = ", ".join(sorted(known))
        return cls(f"Unknown {what} {value[:80]!r}. Use one of: {choices}.", code=f"unknown_{what}", param=param)


class UnknownModel(UnknownValue):
    """No such model is loaded here."""

    code = "unknown_model"


class RecognitionFailed(BharatVoiceError):
    """Speech could not be turned into text, though the audio is sound."""

    code = "recognition_failed"
    is_permanent = False


class SynthesisFailed(BharatVoiceError):
    """Text could not be turned into speech."""

    code = "synthesis_failed"
    is_permanent = False


class Overloaded(BharatVoiceError):
    """More work is waiting than can be done in time. Try again after `retry_after` seconds."""

    code = "overloaded"
    is_permanent = False

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotReady(BharatVoiceError):
    """The server is starting or stopping."""

    code = "not_ready"
    is_permanent = False


class SettingsRejected(BharatVoiceError):
    """A setting is missing, wrong or unsafe. Raised at start-up, never later."""

    code = "settings_rejected"


class ModelMissing(SettingsRejected):
    """The configured model is not there. There is no silent fallback to another."""

    code = "model_missing"
