"""Recognition with faster-whisper's models on CTranslate2.

The decoding loop is ours, because faster-whisper's always pads to 30 s, keeps no language per segment and cannot
choose among a caller's languages: each stretch of speech is cut out by voice activity, decoded in the shortest window
that the model's card allows, in its own language. Weights, features, tokenizer, alignment and voice activity detection
are faster-whisper's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.utils import available_models
from faster_whisper.vad import VadOptions, get_speech_timestamps

from bharatvoice.errors import ModelMissing, RecognitionFailed
from bharatvoice.speech import decoding
from bharatvoice.speech.card import STARTER_MODEL, Card, read_card
from bharatvoice.speech.ports import SAMPLING_RATE, Samples
from bharatvoice.speech.transcript import Segment, Transcript, Word

SPEECH_THRESHOLD = 0.3
"""Lower than Silero's usual 0.5: over telephones it loses word ends, and a wrong alarm only costs a decoding."""
MIN_SILENCE_MS, MIN_SPEECH_MS, ROOM_SECONDS = 900, 60, 0.6
"""How long a pause ends a stretch of speech, how short a sound is none, and what is kept on either side."""
SECONDS_PER_TIMESTAMP = 0.02
LONGEST_SEQUENCE = 448
"""Tokens of prompt and text together: what Whisper's decoder has positions for."""
SMALL_MODEL_BYTES = 100_000_000
"""A model below this gains nothing from several threads for one utterance: it gets one worker per core instead."""


@dataclass(frozen=True)
class _Decoding:
    """What one window decoded to."""

    tokens: tuple[int, ...]
    text: str
    logprob: float
    no_speech: float
    temperature: float


class FasterWhisperRecognizer:
    """Implements Recognizer over one loaded model; CTranslate2 queues concurrent calls for its workers."""

    def __init__(self, model: WhisperModel, card: Card, *, short_windows: bool = True) -> None:
        self._model, self._card, self._short_windows = model, card, short_windows
        self._speech = VadOptions(
            threshold=SPEECH_THRESHOLD,
            min_silence_duration_ms=MIN_SILENCE_MS,
            min_speech_duration_ms=MIN_SPEECH_MS,
            speech_pad_ms=0,
            max_speech_duration_s=card.longest_stretch - 2 * ROOM_SECONDS,
        )

    @classmethod
    def load(
        cls, model: str, *, offline: bool, device: str, compute_type: str, threads: int, short_windows: bool = True
    ) -> "FasterWhisperRecognizer":
        """Load a directory, a Whisper name or a Hugging Face id. Raises ModelMissing; never takes another model."""
        directory = Path(model)
        workers = threads if device != "cuda" and _is_small(directory) else 1
        try:
            loaded = WhisperModel(
                model, device=device, compute_type=compute_type, cpu_threads=threads // workers, num_workers=workers,
                local_files_only=offline,
            )  # fmt: skip
        except (OSError, RuntimeError, ValueError) as error:
            known = "a directory of a converted model, a Hugging Face id, or one of " + ", ".join(available_models())
            is_away = offline and not directory.is_dir()
            unless = " Offline mode is on: set BHARATVOICE_OFFLINE=false to download it once." if is_away else ""
            reason = str(error).partition("\n")[0][:200]
            raise ModelMissing(
                f"The model {model!r} cannot be loaded ({reason}). BHARATVOICE_MODEL takes {known}.{unless}"
            ) from error
        card = read_card(directory) if directory.is_dir() else Card(name=model)
        return cls(loaded, card, short_windows=short_windows)

    @property
    def model(self) -> str:
        return self._card.name

    @property
    def is_starter(self) -> bool:
        """Whether this is the model that ships with the project, from whatever directory."""
        return self._card.name == STARTER_MODEL

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Read off the model: the languages that its detection weighs."""
        silence = np.zeros(SAMPLING_RATE, dtype=np.float32)
        return tuple(code for code, _ in self._languages(self._encode(silence, decoding.FULL_WINDOW)))

    def warm(self) -> None:
        """Decode once in every window, so that the first caller does not pay for it."""
        noise = np.random.default_rng(0).normal(0, 0.01, SAMPLING_RATE).astype(np.float32)
        for frames in (*self._card.short_windows, decoding.FULL_WINDOW):
            self._decode(self._encode(noise, frames), self.languages[0], 0.0)
        get_speech_timestamps(noise, self._speech)

    def check(self) -> None:
        noise = np.random.default_rng(0).normal(0, 0.01, SAMPLING_RATE).astype(np.float32)
        frames = min(self._card.short_windows, default=decoding.FULL_WINDOW)
        try:
            self._decode(self._encode(noise, frames), self.languages[0], 0.0)
        except RuntimeError as error:
            raise RecognitionFailed(f"The model does not decode: {error}") from error

    def recognize(
        self, samples: Samples, *, languages: Sequence[str] = (), word_times: bool = False, temperature: float = 0.0
    ) -> Transcript:
        try:
            voiced = [(found["start"], found["end"]) for found in get_speech_timestamps(samples, self._speech)]
            stretches = decoding.stretches(voiced, len(samples), int(ROOM_SECONDS * SAMPLING_RATE))
            pieces = [
                self._recognize_stretch(samples, stretch, languages, word_times, temperature) for stretch in stretches
            ]
        except RuntimeError as error:
            raise RecognitionFailed("The recognizer failed on this recording. Try again.") from error
        return self._transcript(samples, stretches, pieces, languages)

    def _transcript(
        self,
        samples: Samples,
        stretches: Sequence[decoding.Stretch],
        pieces: Sequence[tuple[list[Segment], str, float]],
        languages: Sequence[str],
    ) -> Transcript:
        segments = [segment for found, _, _ in pieces for segment in found]
        longest = max(range(len(pieces)), key=lambda n: stretches[n].end - stretches[n].start, default=None)
        fallback = languages[0] if languages else self.languages[0]
        return Transcript(
            text=" ".join(segment.text for segment in segments),
            language=fallback if longest is None else pieces[longest][1],
            language_probability=0.0 if longest is None else pieces[longest][2],
            duration=len(samples) / SAMPLING_RATE,
            speech_seconds=sum(s.end - s.start for s in stretches) / SAMPLING_RATE,
            is_understood=bool(segments) or not stretches,
            model=self.model,
            segments=tuple(_numbered(segments)),
        )

    def _recognize_stretch(
        self,
        samples: Samples,
        stretch: decoding.Stretch,
        candidates: Sequence[str],
        word_times: bool,
        temperature: float,
    ) -> tuple[list[Segment], str, float]:
        """Segments of one stretch of speech, its language and that language's probability."""
        speech = samples[stretch.cut_start : stretch.cut_end]
        offset, duration = stretch.cut_start / SAMPLING_RATE, len(speech) / SAMPLING_RATE
        frames = len(speech) // self._model.feature_extractor.hop_length
        encoded = self._encode(speech, decoding.window(frames, self._card, allowed=self._short_windows))
        usable = [code for code in candidates if code in self.languages]
        if len(usable) == 1:
            language, probability = usable[0], 1.0
        else:
            language, probability = decoding.choose_language(self._languages(encoded), usable)
        found = self._decode_trusted(encoded, language, temperature)
        if found is None:
            return [], language, probability
        tokenizer = self._tokenizer(language)
        cut = decoding.spans(found.tokens, tokenizer.timestamp_begin, SECONDS_PER_TIMESTAMP, duration)
        segments = [self._segment(span, found, language, offset) for span in cut]
        if word_times:
            segments = self._with_words(segments, encoded, tokenizer, frames, offset)
        voice = stretch.start / SAMPLING_RATE, stretch.end / SAMPLING_RATE
        return [_within(segment, *voice) for segment in segments if segment.text], language, probability

    def _encode(self, samples: Samples, frames: int) -> ctranslate2.StorageView:
        features = self._model.feature_extractor(samples)[..., :-1]
        return self._model.encode(pad_or_trim(features, frames))

    def _languages(self, encoded: ctranslate2.StorageView) -> list[tuple[str, float]]:
        if not self._model.model.is_multilingual:
            return [("en", 1.0)]
        detected = self._model.model.detect_language(encoded)[0]
        return [(token[2:-2], probability) for token, probability in detected]

    @cache  # noqa: B019 - one recognizer lives as long as its process, and languages are few
    def _tokenizer(self, language: str) -> Tokenizer:
        """Never changed after it is made, so threads may share it."""
        multilingual = self._model.model.is_multilingual
        return Tokenizer(self._model.hf_tokenizer, multilingual, task="transcribe", language=language)

    def _decode_trusted(self, encoded: ctranslate2.StorageView, language: str, temperature: float) -> _Decoding | None:
        """Decode, warmer each time until the result can be trusted; None when it cannot, or there is no speech."""
        for warmth in [t for t in decoding.TEMPERATURES if t >= temperature] or [temperature]:
            found = self._decode(encoded, language, warmth)
            if decoding.is_trusted(found.text, found.logprob, found.no_speech, self._card):
                return found
            if self._card.rejects_unknown_speech or found.no_speech > self._card.max_no_speech or not found.text:
                return None
        return None

    def _decode(self, encoded: ctranslate2.StorageView, language: str, temperature: float) -> _Decoding:
        tokenizer = self._tokenizer(language)
        search = {"sampling_topk": 0, "sampling_temperature": temperature} if temperature > 0 else {}
        prompt = [*tokenizer.sot_sequence, *([] if self._card.timestamps else [tokenizer.no_timestamps])]
        result = self._model.model.generate(
            encoded, [prompt], beam_size=1 if temperature > 0 else self._card.beam_size, max_length=LONGEST_SEQUENCE,
            suppress_blank=False, suppress_tokens=self._suppressed(tokenizer), return_scores=True,
            return_no_speech_prob=True, **search,
        )[0]  # fmt: skip
        tokens = result.sequences_ids[0]
        text = tokenizer.decode([t for t in tokens if t < tokenizer.eot]).strip()
        logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
        return _Decoding(tuple(tokens), text, logprob, result.no_speech_prob, temperature)

    @staticmethod
    def _suppressed(tokenizer: Tokenizer) -> list[int]:
        """Symbols that are no speech, and the special tokens that must not appear in the middle of text."""
        special = (tokenizer.transcribe, tokenizer.translate, tokenizer.sot, tokenizer.sot_prev, tokenizer.sot_lm)
        return sorted({*tokenizer.non_speech_tokens, *special, tokenizer.no_speech})

    def _segment(self, span: decoding.Span, found: _Decoding, language: str, offset: float) -> Segment:
        text = self._tokenizer(language).decode([t for t in span.tokens if t < self._tokenizer(language).eot]).strip()
        return Segment(
            id=0, start=offset + span.start, end=offset + span.end, text=text, language=language,
            avg_logprob=found.logprob, no_speech_prob=found.no_speech, temperature=found.temperature,
            compression_ratio=decoding.compression_ratio(text), tokens=span.tokens,
        )  # fmt: skip

    def _with_words(
        self,
        segments: list[Segment],
        encoded: ctranslate2.StorageView,
        tokenizer: Tokenizer,
        frames: int,
        offset: float,
    ) -> list[Segment]:
        """Word times by alignment of each segment's tokens with the decoder's attention."""
        aligned = []
        for segment in segments:
            tokens = [token for token in segment.tokens if token < tokenizer.eot]
            found = self._model.find_alignment(tokenizer, [tokens], encoded, frames)
            words = tuple(
                Word(w["word"].strip(), offset + float(w["start"]), offset + float(w["end"]), float(w["probability"]))
                for w in (found[0] if found else [])
                if w["word"].strip()
            )
            aligned.append(Segment(**{**vars(segment), "words": words}))
        return aligned


def _within(segment: Segment, start: float, end: float) -> Segment:
    """The segment and its words, ending where the voice does: decoder and alignment let the edges run into silence."""

    def clamp(at: float) -> float:
        return min(max(at, start), end)

    words = tuple(Word(w.word, clamp(w.start), clamp(w.end), w.probability) for w in segment.words)
    return Segment(**{**vars(segment), "start": clamp(segment.start), "end": clamp(segment.end), "words": words})


def _is_small(directory: Path) -> bool:
    weights = directory / "model.bin"
    return weights.is_file() and weights.stat().st_size < SMALL_MODEL_BYTES


def _numbered(segments: Sequence[Segment]) -> list[Segment]:
    return [Segment(**{**vars(segment), "id": index}) for index, segment in enumerate(segments)]
