"""Convert a training run into the directory that faster-whisper loads: CTranslate2, int8.

python -m starter.export RUN DATA/tokenizer.json starter/model
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import ctranslate2
import torch
from ctranslate2.converters import TransformersConverter
from transformers import WhisperConfig, WhisperForConditionalGeneration

from starter import MODEL_FILES
from starter.clips import HOP
from starter.grammar import LANGUAGES
from starter.model import MAX_POSITIONS, MAX_TOKENS, Geometry
from starter.tokens import Vocabulary

PREPROCESSOR = {"feature_size": 80, "sampling_rate": 16000, "hop_length": HOP, "chunk_length": 30, "n_fft": 400}
TOKENIZER = {"tokenizer_class": "PreTrainedTokenizerFast"} | dict.fromkeys(
    ("eos_token", "bos_token", "unk_token"), "<|endoftext|>"
)


def hugging_face_model(state: dict[str, Any], vocabulary: Vocabulary) -> WhisperForConditionalGeneration:
    """The trained weights in Hugging Face's Whisper. Raises RuntimeError when a name does not match."""
    g = Geometry(**state["geometry"])
    end = vocabulary.id("<|endoftext|>")
    config = WhisperConfig(
        vocab_size=g.vocabulary, num_mel_bins=g.mels, d_model=g.width,
        encoder_layers=g.encoder_layers, encoder_attention_heads=g.heads, encoder_ffn_dim=g.feedforward,
        decoder_layers=g.decoder_layers, decoder_attention_heads=g.heads, decoder_ffn_dim=g.feedforward,
        max_source_positions=MAX_POSITIONS, max_target_positions=MAX_TOKENS, pad_token_id=end, bos_token_id=end,
        eos_token_id=end, decoder_start_token_id=vocabulary.id("<|startoftranscript|>"),
    )  # fmt: skip
    model = WhisperForConditionalGeneration(config)
    weights = {f"model.{name}": t.float() for name, t in state["model"].items() if not name.startswith("phoneme_head")}
    weights["proj_out.weight"] = weights["model.decoder.embed_tokens.weight"]
    model.load_state_dict(weights)
    return model


def generation_config(vocabulary: Vocabulary) -> dict[str, Any]:
    """What the converter reads beside the weights. Nothing is suppressed: an empty answer must be possible."""
    return {
        "lang_to_id": {f"<|{name}|>": vocabulary.id(f"<|{name}|>") for name in LANGUAGES},
        "suppress_tokens": [],
        "begin_suppress_tokens": [],
        "no_timestamps_token_id": vocabulary.id("<|notimestamps|>"),
        "is_multilingual": True,
    }


def export(run: Path, tokenizer: Path, target: Path) -> None:
    """Write the model directory, complete or not at all."""
    state = torch.load(run / "rank0.pt", map_location="cpu", weights_only=False)
    vocabulary = Vocabulary(tokenizer)
    with tempfile.TemporaryDirectory() as folder:
        source, converted = Path(folder) / "hf", Path(folder) / "ct2"
        hugging_face_model(state, vocabulary).save_pretrained(source)
        shutil.copy(tokenizer, source / "tokenizer.json")
        for name, content in (
            ("tokenizer_config.json", TOKENIZER),
            ("generation_config.json", generation_config(vocabulary)),
            ("preprocessor_config.json", PREPROCESSOR),
        ):
            (source / name).write_text(json.dumps(content))
        copied = ["tokenizer.json", "preprocessor_config.json"]
        TransformersConverter(str(source), copy_files=copied).convert(str(converted), quantization="int8")
        if not ctranslate2.models.Whisper(str(converted), device="cpu").is_multilingual:
            raise RuntimeError("CTranslate2 does not see a multilingual model")
        target.mkdir(parents=True, exist_ok=True)
        for name in MODEL_FILES:
            shutil.copy(converted / name, target / name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    export(arguments.run, arguments.tokenizer, arguments.target)
    print(f"{arguments.target}: {sum(f.stat().st_size for f in arguments.target.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
