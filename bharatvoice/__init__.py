"""BharatVoice: a self-hosted voice assistant for the languages of India. The domain: no web server, no orchestrator."""

__version__ = "0.1.0"
