"""Speech out: text made speakable, and what a synthesizer must do."""
