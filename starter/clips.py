"""Training clips: sentences spoken, placed in time, heard through a room or a telephone, and labelled.

    python -m starter.clips DATA --shards 60      # resumable: shards that exist are kept

A shard holds three files: `NNN.mel.npy` (frames, 80) float16, `NNN.phonemes.npy` (frames,) int16 and
`NNN.json` with a record per clip. Frames are 20 ms.
"""

import argparse
import json
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor
from numpy.typing import NDArray
from tqdm import tqdm

from starter import augment, voices
from starter.grammar import LANGUAGES, Sampler, load
from starter.speak import SAMPLING_RATE, Utterance, speak

HOP = 320
FRAME = HOP / SAMPLING_RATE
SENTENCES_PER_SHARD = 1000
SEED = 20261123
SHARES = {"en": 0.18, "hi": 0.25, "ta": 0.145, "te": 0.145, "bn": 0.14, "mr": 0.14}
KINDS = {"sentence": 0.80, "pair": 0.04, "garbage": 0.11, "nothing": 0.05}
IGNORED = -100
_extractor = FeatureExtractor(hop_length=HOP)


@dataclass
class Segment:
    """A sentence in a clip; times in seconds from the clip's start."""

    start: float
    end: float
    text: str
    word_times: list[tuple[float, float]]


@dataclass
class Clip:
    """What a clip says. No segments: nothing that the assistant should write down."""

    language: str
    segments: list[Segment]
    frames: int


def features(wave: augment.Samples) -> NDArray[np.float16]:
    """Log-mel features (frames, 80), exactly as faster-whisper computes them."""
    return np.asarray(_extractor(wave)[..., :-1].T, dtype=np.float16)


class Studio:
    """Makes labelled clips of the training side of the split from one seed."""

    def __init__(self, seed: int) -> None:
        self.chance, self.array_chance = random.Random(seed), np.random.default_rng(seed)
        self.sentences = {name: Sampler(name, self.chance).stream(held_out=False) for name in LANGUAGES}
        self.phonemes: dict[str, int] = {}

    def clips(self) -> Iterator[tuple[Clip, NDArray[np.float16], NDArray[np.int16]]]:
        """Two clips of the same words: one in quiet, one as heard through rooms, noise and telephones."""
        language = self.chance.choices(list(SHARES), list(SHARES.values()))[0]
        kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
        utterances, said = self.utter(kind, language)
        for path in (augment.in_quiet, augment.as_heard):
            wave, segments, labels = self.place(utterances, said)
            wave = path(wave, self.array_chance) if utterances else wave
            mel = features(wave)
            yield Clip(language, segments, len(mel)), mel, labels[: len(mel)]

    def utter(self, kind: str, language: str) -> tuple[list[Utterance], list[str]]:
        """The utterances of a clip, and the texts to be written down for them."""
        if kind == "nothing":
            return [], []
        if kind == "garbage":
            foreign = self.chance.random() < 0.15
            bases = voices.STRANGE_BASES if foreign else None
            voice = voices.draw(language, self.chance, held_out=False, bases=bases)
            spoken = speak(self.garbage(language), voice)
            return [Utterance(spoken.samples, [], [] if foreign else spoken.phonemes)], []
        voice = voices.draw(language, self.chance, held_out=False)
        texts = [next(self.sentences[language]).text for _ in range(2 if kind == "pair" else 1)]
        return [speak(text, voice) for text in texts], texts

    def garbage(self, language: str) -> str:
        """Speech that is no command: ordinary sentences, cut ones, word salad, a command that goes astray."""
        sentence = self.chance.choice(load("garbage")[language]).split()
        salad = self.chance.choices(load("words")[language], k=self.chance.randint(2, 7))
        command = next(self.sentences[language]).text.split()
        match self.chance.randint(0, 5):
            case 0 | 1:
                words = sentence
            case 2:
                cut = self.chance.randint(0, max(0, len(sentence) - 3))
                words = sentence[cut : cut + self.chance.randint(3, 9)]
            case 3:
                words = salad
            case 4:
                words = salad + self.chance.choices(command, k=2) + sentence[-2:]
                self.chance.shuffle(words)
            case _:
                words = command[: len(command) // 2] + salad
        return " ".join(words)

    def place(
        self, utterances: list[Utterance], texts: list[str]
    ) -> tuple[augment.Samples, list[Segment], NDArray[np.int16]]:
        """One wave with silence before, between and after; segments and frame labels in its time."""
        if not utterances:
            wave = augment.without_speech(self.chance.uniform(0.3, 5), self.array_chance)
            return wave, [], np.full(len(wave) // HOP + 2, IGNORED, dtype=np.int16)
        gaps = [self.chance.uniform(0.02, 0.5) for _ in range(len(utterances) + 1)]
        seconds = sum(gaps) + sum(u.seconds for u in utterances)
        wave = np.zeros(int(seconds * SAMPLING_RATE), dtype=np.float32)
        labels = np.full(len(wave) // HOP + 2, IGNORED, dtype=np.int16)
        labels[:] = self.phonemes.setdefault("", 0)
        segments, now = [], 0.0
        for index, utterance in enumerate(utterances):
            now += gaps[index]
            at = int(now * SAMPLING_RATE)
            wave[at : at + len(utterance.samples)] = utterance.samples[: len(wave) - at]
            if index < len(texts):
                times = [(now + a, now + b) for a, b in utterance.word_times]
                segments.append(Segment(now, now + utterance.seconds, texts[index], times))
            self.label(labels, utterance, now)
            now += utterance.seconds
        return wave, segments, labels

    def label(self, labels: NDArray[np.int16], utterance: Utterance, offset: float) -> None:
        if not utterance.phonemes:
            labels[:] = IGNORED
            return
        ends = [at for at, _ in utterance.phonemes[1:]] + [utterance.seconds]
        for (start, name), end in zip(utterance.phonemes, ends, strict=True):
            first, last = round((offset + start) / FRAME), round((offset + end) / FRAME)
            labels[first:last] = self.phonemes.setdefault(name.replace("ː", ""), len(self.phonemes))


def make_shard(folder: Path, index: int) -> None:
    """Write shard `index`, its record last: a shard whose record exists is whole."""
    studio = Studio(SEED + index)
    clips, mels, labels = [], [], []
    for _ in range(SENTENCES_PER_SHARD):
        for clip, mel, phonemes in studio.clips():
            clips.append(asdict(clip))
            mels.append(mel)
            labels.append(phonemes)
    np.save(folder / f"{index:03}.mel.npy", np.concatenate(mels))
    np.save(folder / f"{index:03}.phonemes.npy", np.concatenate(labels))
    record = {"phonemes": list(studio.phonemes), "clips": clips}
    (folder / f"{index:03}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shards", type=int, default=60)
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    missing = [n for n in range(arguments.shards) if not (arguments.folder / f"{n:03}.json").exists()]
    with ProcessPoolExecutor(arguments.processes) as pool:
        list(tqdm(pool.map(make_shard, [arguments.folder] * len(missing), missing), total=len(missing), unit="shard"))


if __name__ == "__main__":
    main()
