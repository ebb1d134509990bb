"""Speech in: what a recognizer must do, what a transcript is, and how transcripts are written."""
