"""Score the shipped model: sentences, slot values and voices that training never saw, through faster-whisper as it is.

    python -m starter.evaluate                    # prints the table; about ten minutes on two cores
    python -m starter.evaluate --sentences 10     # a quick look
    python -m starter.evaluate --write            # and record the figures in the card

The lists come from a seed that training does not use, on the held-out side of the split (`grammar.Sentence.held_out`,
`voices.HELD_OUT_*`). The language is detected, never given. Nothing is tuned on these lists; thresholds were set on
`--side training`, which speaks training-side sentences from other seeds.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import yaml
from faster_whisper import WhisperModel
from tqdm import tqdm

from bharatvoice.assembly import open_recognizer
from bharatvoice.settings import read
from bharatvoice.speech.card import read_card
from bharatvoice.speech.ports import Recognizer
from starter import MODEL, augment, voices
from starter.grammar import LANGUAGES, Sampler, load
from starter.speak import SAMPLING_RATE, speak

SEED = 77_001
NOTHING_CLIPS = 200
DIGITS_WEIGHT = 14
"""Strings of digits are drawn more often than in training, so that their score rests on more than a few."""
Place = Callable[[augment.Samples, np.random.Generator], augment.Samples]
CONDITIONS: dict[str, Place] = {
    "clean": lambda wave, chance: augment.at_level(wave, -6),
    "noise 10 dB": lambda wave, chance: augment.with_noise(
        wave, augment.noise(len(wave), str(chance.choice(["white", "pink", "brown", "street"])), chance), 10
    ),
    "telephone": lambda wave, chance: augment.by_telephone(wave),
    "reverberation": lambda wave, chance: augment.in_room(wave, 0.5, chance),
}
SETS = (*LANGUAGES, "hinglish")
COLUMNS = (
    "speech", "condition", "sentences", "WER %", "CER %", "whole %", "numbers %", "digit strings %", "language %",
    "flagged %",
)  # fmt: skip


@dataclass(frozen=True)
class Trial:
    """One clip to be recognized, and what is right. `text` is None where nothing should be written down."""

    name: str
    """A language or `hinglish`, `nothing`, `out of grammar`."""
    condition: str
    language: str
    text: str | None
    number: str | None
    has_digits: bool
    voice: voices.Voice | None
    spoken: str
    seed: int


@dataclass(frozen=True)
class Outcome:
    trial: Trial
    text: str
    language: str
    is_flagged: bool
    """Whether the card's thresholds mark it as not understood."""


def sentences(name: str, count: int, *, held_out: bool) -> Iterator[Any]:
    """Distinct sentences of a language; `hi` without and `hinglish` with English words."""
    chance = random.Random(f"{SEED} {name}")
    seen: set[str] = set()
    sampler = Sampler("hi" if name == "hinglish" else name, chance, digits_weight=DIGITS_WEIGHT)
    for sentence in sampler.stream(held_out=held_out):
        is_mixed = sentence.language == "hi" and any("a" <= letter <= "z" for letter in sentence.text)
        if sentence.text not in seen and is_mixed == (name == "hinglish"):
            seen.add(sentence.text)
            yield sentence
        if len(seen) == count:
            return


def trials(count: int, *, held_out: bool) -> list[Trial]:
    """The whole list, the same every time."""
    chance = random.Random(SEED)
    listed: list[Trial] = []
    for name in SETS:
        for sentence in sentences(name, count, held_out=held_out):
            voice = voices.draw(sentence.language, chance, held_out=held_out)
            for condition in CONDITIONS:
                listed.append(
                    Trial(name, condition, sentence.language, sentence.text, sentence.number, sentence.has_digits,
                          voice, sentence.text, len(listed))
                )  # fmt: skip
    for index in range(NOTHING_CLIPS * min(count, 100) // 100):
        listed.append(Trial("nothing", "", "", None, None, False, None, "", SEED + index))
    source = "out_of_grammar" if held_out else "garbage"
    for language, strays in load(source).items():
        for stray in strays[:count]:
            voice = voices.draw(language, chance, held_out=held_out)
            listed.append(Trial("out of grammar", "clean", language, None, None, False, voice, stray, len(listed)))
    return listed


def wave(trial: Trial) -> augment.Samples:
    """Speak a trial and send it through its condition."""
    chance = np.random.default_rng(trial.seed)
    if trial.voice is None:
        return augment.without_speech(chance.uniform(0.5, 6), chance)
    spoken = speak(trial.spoken, trial.voice).samples
    quiet = np.zeros(SAMPLING_RATE // 4, dtype=np.float32)
    return CONDITIONS[trial.condition](np.concatenate([quiet, spoken, quiet]), chance)


@cache
def model(directory: Path) -> WhisperModel:
    return WhisperModel(str(directory), device="cpu", compute_type="int8", cpu_threads=1)


@cache
def recognizer(directory: Path) -> Recognizer:
    return open_recognizer(read(model=str(directory), threads=1))


def by_faster_whisper(trial: Trial, directory: Path) -> Outcome:
    """An unmodified faster-whisper, its defaults but for the card's beam. Flagged by no-speech alone."""
    segments, described = model(directory).transcribe(wave(trial), beam_size=read_card(directory).beam_size)
    found = list(segments)
    flagged = not found or max(s.no_speech_prob for s in found) > read_card(directory).max_no_speech
    return Outcome(trial, " ".join(s.text.strip() for s in found), described.language, flagged)


def by_product(trial: Trial, directory: Path) -> Outcome:
    """The product's recognizer: cut by voice activity, short windows, and the verdict whether to trust the words."""
    transcript = recognizer(directory).recognize(wave(trial))
    return Outcome(trial, transcript.text, transcript.language, is_flagged=not transcript.text)


PATHS = {"faster_whisper": by_faster_whisper, "product": by_product}


def run(listed: list[Trial], directory: Path, processes: int, path: str) -> list[Outcome]:
    """Every trial, on several cores, with a progress bar."""
    with ProcessPoolExecutor(processes) as pool:
        results = pool.map(PATHS[path], listed, [directory] * len(listed), chunksize=8)
        return list(tqdm(results, total=len(listed), unit="clip", desc=path))


def percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def score(outcomes: list[Outcome]) -> dict[str, float]:
    """Word and character error rates, and percentages, of one set under one condition.

    A number is right when its words stand in the transcript in their order, next to each other.
    """
    right = [o.trial.text or "" for o in outcomes]
    heard = [o.text for o in outcomes]
    numbers = [o for o in outcomes if o.trial.number]
    digits = [o for o in outcomes if o.trial.has_digits]
    return {
        "sentences": len(outcomes),
        "wer": round(100 * jiwer.wer(right, heard), 1),
        "cer": round(100 * jiwer.cer(right, heard), 1),
        "whole": percent(sum(a == b for a, b in zip(right, heard, strict=True)), len(outcomes)),
        "numbers": percent(sum(f" {o.trial.number} " in f" {o.text} " for o in numbers), len(numbers)),
        "digit_strings": percent(sum(f" {o.trial.number} " in f" {o.text} " for o in digits), len(digits)),
        "language": percent(sum(o.language == o.trial.language for o in outcomes), len(outcomes)),
        "flagged": percent(sum(o.is_flagged for o in outcomes), len(outcomes)),
    }


def scores(outcomes: list[Outcome]) -> dict[str, Any]:
    """Everything the card holds."""
    spoken = {
        name: {
            condition: score([o for o in outcomes if (o.trial.name, o.trial.condition) == (name, condition)])
            for condition in CONDITIONS
        }
        for name in SETS
    }
    nothing = [o for o in outcomes if o.trial.name == "nothing"]
    strays = [o for o in outcomes if o.trial.name == "out of grammar"]
    return {
        "sets": spoken,
        "nothing": {"clips": len(nothing), "with_text": percent(sum(bool(o.text) for o in nothing), len(nothing))},
        "out_of_grammar": {
            "sentences": len(strays),
            "rejected": percent(sum(not o.text for o in strays), len(strays)),
            "rejected_or_flagged": percent(sum(o.is_flagged for o in strays), len(strays)),
        },
    }


def table(found: dict[str, Any]) -> str:
    """The scores as the Markdown table of the card."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|---" * len(COLUMNS) + "|"]
    for name, conditions in found["sets"].items():
        for condition, s in conditions.items():
            lines.append(f"| {name} | {condition} | " + " | ".join(f"{value:g}" for value in s.values()) + " |")
    nothing, strays = found["nothing"], found["out_of_grammar"]
    return "\n".join([
        *lines, "",
        f"Silence, noise, tones and clicks: {nothing['with_text']:g} % of {nothing['clips']} clips gave text.  ",
        f"Out of grammar: {strays['rejected']:g} % of {strays['sentences']} sentences gave no text; "
        f"{strays['rejected_or_flagged']:g} % gave none or were flagged as not understood.",
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--sentences", type=int, default=100, help="per language and condition")
    parser.add_argument("--side", choices=("held-out", "training"), default="held-out")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="record the scores in the model's folder")
    parser.add_argument("--misses", action="store_true", help="print what was heard wrongly")
    arguments = parser.parse_args()
    listed = trials(arguments.sentences, held_out=arguments.side == "held-out")
    found = {}
    for path in PATHS:
        outcomes = run(listed, arguments.model, arguments.processes, path)
        found[path] = scores(outcomes)
        print(f"\n{path}\n\n{table(found[path])}", flush=True)
        for o in outcomes if arguments.misses else []:
            if o.text != (o.trial.text or ""):
                print(f"{o.trial.name} {o.trial.condition}: {o.trial.spoken!r} -> {o.text!r} flagged={o.is_flagged}")
    if arguments.write:
        (arguments.model / "scores.yaml").write_text(yaml.safe_dump(found, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
