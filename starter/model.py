"""A small Whisper in plain PyTorch, with the parameter names of Hugging Face's Whisper.

Geometry is the standard one (1500 encoder positions), so that an unmodified reader loads the
converted weights. Training does not pay for 1500 positions: the encoder runs on the clip and on
`SAMPLED_PADDING` positions drawn from the zero padding behind it, whose attention is weighted by
how many positions each stands for.

Whisper: Radford et al., "Robust Speech Recognition via Large-Scale Weak Supervision", 2022.
"""

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SAMPLED_PADDING = 12
MAX_POSITIONS = 1500
MAX_TOKENS = 448


@dataclass(frozen=True)
class Geometry:
    """Sizes of the network. Written into the checkpoint and into the exported configuration."""

    vocabulary: int
    phonemes: int
    width: int = 192
    heads: int = 4
    encoder_layers: int = 4
    decoder_layers: int = 2
    feedforward: int = 576
    mels: int = 80

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def sinusoids(positions: int, width: int) -> Tensor:
    """Whisper's frozen encoder positions, (positions, width)."""
    step = math.log(10000) / (width // 2 - 1)
    rates = torch.exp(-step * torch.arange(width // 2))
    angles = torch.arange(positions)[:, None] * rates[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Multi-head attention; the key projection has no bias, as in Whisper."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, width)
        self.q_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def split(self, x: Tensor) -> Tensor:
        batch, length, width = x.shape
        return x.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

    def merge(self, x: Tensor) -> Tensor:
        return self.out_proj(x.transpose(1, 2).flatten(2))

    def forward(
        self, x: Tensor, memory: Tensor | None = None, bias: Tensor | None = None, causal: bool = False
    ) -> Tensor:
        source = x if memory is None else memory
        q, k, v = self.split(self.q_proj(x)), self.split(self.k_proj(source)), self.split(self.v_proj(source))
        return self.merge(F.scaled_dot_product_attention(q, k, v, attn_mask=bias, is_causal=causal))

    def with_weights(self, x: Tensor, memory: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """The same, and the attention weights (batch, heads, x, memory): guided attention needs them."""
        q, k, v = self.split(self.q_proj(x)), self.split(self.k_proj(memory)), self.split(self.v_proj(memory))
        weights = (q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + bias).softmax(-1)
        return self.merge(weights @ v), weights


class EncoderLayer(nn.Module):
    def __init__(self, g: Geometry) -> None:
        super().__init__()
        self.self_attn = Attention(g.width, g.heads)
        self.self_attn_layer_norm = nn.LayerNorm(g.width)
        self.fc1 = nn.Linear(g.width, g.feedforward)
        self.fc2 = nn.Linear(g.feedforward, g.width)
        self.final_layer_norm = nn.LayerNorm(g.width)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        x = x + self.self_attn(self.self_attn_layer_norm(x), bias=bias)
        return x + self.fc2(F.gelu(self.fc1(self.final_layer_norm(x))))


class DecoderLayer(nn.Module):
    def __init__(self, g: Geometry) -> None:
        super().__init__()
        self.self_attn = Attention(g.width, g.heads)
        self.self_attn_layer_norm = nn.LayerNorm(g.width)
        self.encoder_attn = Attention(g.width, g.heads)
        self.encoder_attn_layer_norm = nn.LayerNorm(g.width)
        self.fc1 = nn.Linear(g.width, g.feedforward)
        self.fc2 = nn.Linear(g.feedforward, g.width)
        self.final_layer_norm = nn.LayerNorm(g.width)

    def forward(self, x: Tensor, memory: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        x = x + self.self_attn(self.self_attn_layer_norm(x), causal=True)
        read, weights = self.encoder_attn.with_weights(self.encoder_attn_layer_norm(x), memory, bias)
        x = x + read
        return x + self.fc2(F.gelu(self.fc1(self.final_layer_norm(x)))), weights


class Encoder(nn.Module):
    def __init__(self, g: Geometry) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(g.mels, g.width, 3, padding=1)
        self.conv2 = nn.Conv1d(g.width, g.width, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(MAX_POSITIONS, g.width)
        self.embed_positions.weight.data = sinusoids(MAX_POSITIONS, g.width)
        self.embed_positions.weight.requires_grad = False
        self.layers = nn.ModuleList(EncoderLayer(g) for _ in range(g.encoder_layers))
        self.layer_norm = nn.LayerNorm(g.width)

    def convolve(self, mel: Tensor) -> Tensor:
        return F.gelu(self.conv2(F.gelu(self.conv1(mel)))).transpose(1, 2)

    def forward(self, mel: Tensor, window: int, positions: Tensor) -> tuple[Tensor, Tensor]:
        """Encode features (batch, mels, 2L) as if padded with zeros to `window` positions.

        positions: which of the padding's positions to compute; may be empty.
        Returns the memory (batch, L + len(positions), width) and its attention bias.
        """
        x = self.convolve(mel)
        batch, length, _ = x.shape
        x = x + self.embed_positions.weight[:length]
        bias = x.new_zeros(length + len(positions))
        if len(positions):
            blank = self.convolve(mel.new_zeros(1, mel.shape[1], 8))[:, 2:3]
            padding = blank + self.embed_positions.weight[positions]
            x = torch.cat([x, padding.expand(batch, -1, -1)], dim=1)
            bias[length:] = math.log((window - length) / len(positions))
        bias = bias[None, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return self.layer_norm(x), bias


class Decoder(nn.Module):
    def __init__(self, g: Geometry) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(g.vocabulary, g.width)
        self.embed_positions = nn.Embedding(MAX_TOKENS, g.width)
        nn.init.normal_(self.embed_tokens.weight, std=0.02)
        nn.init.normal_(self.embed_positions.weight, std=0.02)
        self.layers = nn.ModuleList(DecoderLayer(g) for _ in range(g.decoder_layers))
        self.layer_norm = nn.LayerNorm(g.width)

    def forward(self, tokens: Tensor, memory: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        x = self.embed_tokens(tokens) + self.embed_positions.weight[: tokens.shape[1]]
        weights = x.new_zeros(0)
        for layer in self.layers:
            x, weights = layer(x, memory, bias)
        return self.layer_norm(x) @ self.embed_tokens.weight.T, weights


class Starter(nn.Module):
    """The network and the phoneme head that only training uses."""

    def __init__(self, geometry: Geometry) -> None:
        super().__init__()
        self.geometry = geometry
        self.encoder = Encoder(geometry)
        self.decoder = Decoder(geometry)
        self.phoneme_head = nn.Linear(geometry.width, 2 * geometry.phonemes)
        self.size = sum(p.numel() for p in self.parameters())

    def forward(self, mel: Tensor, tokens: Tensor, window: int, positions: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Token logits, last cross-attention weights, phoneme logits (batch, 2L, phonemes)."""
        memory, bias = self.encoder(mel, window, positions)
        logits, weights = self.decoder(tokens, memory, bias)
        clip = memory[:, : mel.shape[2] // 2]
        phonemes = self.phoneme_head(clip).unflatten(2, (2, -1)).flatten(1, 2)
        return logits, weights, phonemes
