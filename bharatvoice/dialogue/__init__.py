"""Text in, meaning out: normalization, language choice, numbers, intents."""
