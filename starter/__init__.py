"""The recipe of the starter speech model: grammar, synthesis, training, conversion, evaluation."""

from pathlib import Path

MODEL = Path(__file__).parent / "model"
"""Where the model that ships with the project lies."""
MODEL_FILES = ("config.json", "model.bin", "preprocessor_config.json", "tokenizer.json", "vocabulary.json")
"""What faster-whisper loads from it."""
