"""Train the starter model on the clips of a folder, for a number of minutes, on every core.

    python -m starter.train DATA/clips DATA/tokenizer.json RUN --minutes 90

One single-threaded process per core, gradients averaged at every step (two threads in one process starve each
other on a busy machine). Resumable: the run folder holds weights, optimizers and the minutes already spent; the
learning rate follows the minutes, so a slower machine takes fewer steps of the same schedule. On a GPU one
process does it all. No checkpoint is chosen by any score: the last one is the result.

Loss: token cross-entropy, plus phoneme cross-entropy per 20-ms frame (espeak-ng says which phoneme sounds when),
plus minus the log of the attention that falls on the word being written.
"""

import argparse
import os
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import Tensor, nn

from starter.batches import Batch, Composer, load
from starter.clips import IGNORED
from starter.model import MAX_POSITIONS, SAMPLED_PADDING, Geometry, Starter
from starter.tokens import Vocabulary

PEAK_RATE = 2e-3
WARM_UP_STEPS = 200
COOL_DOWN = 0.4
"""Share of the time in which the learning rate falls to zero."""
PHONEME_WEIGHT, ATTENTION_WEIGHT = 0.5, 0.2
CHECKPOINT_SECONDS = 240
PHONEMES = 160


@dataclass
class Run:
    """One rank of a training run."""

    folder: Path
    minutes: float
    rank: int
    ranks: int
    model: Starter
    device: torch.device
    step: int = 0
    spent: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(11))

    def __post_init__(self) -> None:
        hidden = [p for n, p in self.model.named_parameters() if p.ndim == 2 and "layers." in n]
        others = [
            p for n, p in self.model.named_parameters() if p.requires_grad and not (p.ndim == 2 and "layers." in n)
        ]
        self.hidden, self.owned = hidden, hidden[self.rank :: self.ranks]
        self.muon = torch.optim.Muon(self.owned, lr=PEAK_RATE, weight_decay=0.02, adjust_lr_fn="match_rms_adamw")
        self.adam = torch.optim.AdamW(others, lr=PEAK_RATE, betas=(0.9, 0.98), weight_decay=0.01)

    @property
    def state_file(self) -> Path:
        return self.folder / f"rank{self.rank}.pt"

    def resume(self) -> None:
        if self.state_file.exists():
            state = torch.load(self.state_file, map_location=self.device, weights_only=False)
            self.model.load_state_dict(state["model"])
            self.muon.load_state_dict(state["muon"])
            self.adam.load_state_dict(state["adam"])
            self.step, self.spent = state["step"], state["spent"]

    def save(self, names: list[str]) -> None:
        """Write this rank's state, complete or not at all."""
        state = {
            "model": self.model.state_dict(), "geometry": self.model.geometry.as_dict(), "phonemes": names,
            "muon": self.muon.state_dict(), "adam": self.adam.state_dict(), "step": self.step, "spent": self.spent,
        }  # fmt: skip
        partial = self.state_file.with_suffix(".partial")
        torch.save(state, partial)
        partial.rename(self.state_file)

    def rate(self) -> float:
        progress = self.spent / (self.minutes * 60)
        return PEAK_RATE * min(1, (self.step + 1) / WARM_UP_STEPS, max(0.0, 1 - progress) / COOL_DOWN)

    def losses(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Cross-entropies of tokens and phonemes, and the attention loss."""
        length = batch.mel.shape[2] // 2
        positions, window = self.padding(length)
        with torch.autocast(self.device.type, torch.bfloat16):
            logits, weights, phonemes = self.model(batch.mel, batch.inputs, window, positions)
        tokens = F.cross_entropy(logits.float().flatten(0, 1), batch.targets.flatten(), ignore_index=IGNORED)
        sounds = F.cross_entropy(phonemes.float().flatten(0, 1), batch.phonemes.flatten(), ignore_index=IGNORED)
        return tokens, sounds, attention_loss(weights.float(), batch.spans)

    def padding(self, length: int) -> tuple[Tensor, int]:
        """Which positions of the zero padding to compute, and the window that they stand for."""
        if self.chance.random() < 0.15:
            return torch.empty(0, dtype=torch.long, device=self.device), length
        shortest = min(length + SAMPLED_PADDING, MAX_POSITIONS)
        window = MAX_POSITIONS if self.chance.random() < 0.6 else self.chance.randint(shortest, MAX_POSITIONS)
        chosen = self.chance.sample(range(length, window), min(SAMPLED_PADDING, window - length))
        return torch.tensor(sorted(chosen), device=self.device), window

    def update(self, batch: Batch) -> tuple[float, float, float]:
        """One step of both optimizers with gradients averaged over the ranks."""
        rate = self.rate()
        for optimizer in (self.muon, self.adam):
            optimizer.param_groups[0]["lr"] = rate
        tokens, sounds, attention = self.losses(batch)
        (tokens + PHONEME_WEIGHT * sounds + ATTENTION_WEIGHT * attention).backward()
        self.average_gradients()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.muon.step()
        self.adam.step()
        self.share_hidden()
        self.model.zero_grad(set_to_none=True)
        self.step += 1
        return tokens.item(), sounds.item(), attention.item()

    def average_gradients(self) -> None:
        if self.ranks > 1:
            gradients = [p.grad for p in self.model.parameters() if p.grad is not None]
            flat = torch.cat([g.flatten() for g in gradients])
            dist.all_reduce(flat)
            for gradient, part in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
                gradient.copy_(part.view_as(gradient) / self.ranks)

    def share_hidden(self) -> None:
        """Each rank orthogonalized its own share of the matrices; everybody gets the results."""
        for owner in range(self.ranks if self.ranks > 1 else 0):
            matrices = self.hidden[owner :: self.ranks]
            flat = torch.cat([p.data.flatten() for p in matrices])
            dist.broadcast(flat, owner)
            for matrix, part in zip(matrices, flat.split([p.numel() for p in matrices]), strict=True):
                matrix.data.copy_(part.view_as(matrix))

    def agreed(self, seconds: float) -> float:
        """Rank 0's clock, for everybody."""
        clock = torch.tensor([seconds])
        if self.ranks > 1:
            dist.broadcast(clock, 0)
        return float(clock.item())


def attention_loss(weights: Tensor, spans: Tensor) -> Tensor:
    """Minus log of the attention (batch, heads, tokens, positions) inside each token's span."""
    positions = torch.arange(weights.shape[-1], device=weights.device)
    inside = (positions >= spans[..., :1]) & (positions < spans[..., 1:])
    spoken = spans[..., 1] > 0
    mass = (weights * inside[:, None]).sum(-1).mean(1)
    return -torch.log(mass[spoken] + 1e-3).mean()


def train(rank: int, ranks: int, arguments: argparse.Namespace) -> None:
    torch.manual_seed(5)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if ranks > 1:
        torch.set_num_threads(1)
        dist.init_process_group("gloo", init_method=f"file://{arguments.run}/meeting", rank=rank, world_size=ranks)
    vocabulary, names = Vocabulary(arguments.tokenizer), [""]
    examples = load(arguments.clips, vocabulary, names)
    model = Starter(Geometry(vocabulary=len(vocabulary), phonemes=PHONEMES)).to(device)
    run = Run(arguments.run, arguments.minutes, rank, ranks, model, device)
    run.resume()
    composer = Composer(vocabulary, seed=run.step, rank=rank, ranks=ranks)
    if rank == 0:
        print(f"{len(examples)} clips, {len(names)} phonemes, {model.size:,} parameters, {device}")
    before, saved = time.monotonic(), time.monotonic()
    for batch in composer.endless(examples, arguments.batch):
        losses = run.update(Batch(**{k: t.to(device) for k, t in vars(batch).items()}))
        now = time.monotonic()
        run.spent += run.agreed(now - before)
        before = now
        if rank == 0 and run.step % 50 == 0:
            passes = run.step * arguments.batch * ranks
            shown = "tokens {:.3f}  phonemes {:.3f}  attention {:.3f}".format(*losses)
            print(
                f"{run.spent / 60:6.1f} min  step {run.step}  {passes} passes  rate {run.rate():.5f}  {shown}",
                flush=True,
            )
        finished = run.spent >= run.minutes * 60
        if finished or run.agreed(now - saved) > CHECKPOINT_SECONDS:
            run.save(names)
            saved = now
        if finished:
            return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--batch", type=int, default=32, help="clips per process and step")
    arguments = parser.parse_args()
    arguments.run.mkdir(parents=True, exist_ok=True)
    (arguments.run / "meeting").unlink(missing_ok=True)
    ranks = 1 if torch.cuda.is_available() else len(os.sched_getaffinity(0))
    if ranks == 1:
        train(0, 1, arguments)
    else:
        torch.multiprocessing.spawn(train, (ranks, arguments), ranks)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
