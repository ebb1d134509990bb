"""The assistant speaks one question per language to itself, through its own HTTP API."""

import time
from importlib.resources import files
from typing import TextIO

import httpx
import yaml

from bharatvoice.errors import BharatVoiceError, NotReady
from bharatvoice.languages import languages

READY_SECONDS = 120.0
POLL_SECONDS = 0.2


def run(url: str, key: str | None, out: TextIO) -> int:
    """Wait for the server, ask in every language, print what was heard and answered. 1 when an answer is missing.

    Raises NotReady when the server does not become ready, BharatVoiceError when it refuses or does not answer.
    """
    questions = yaml.safe_load(files("bharatvoice").joinpath("demo.yaml").read_text(encoding="utf-8"))
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    with httpx.Client(base_url=url, headers=headers, timeout=30, trust_env=False) as client:
        model = _wait(client)
        out.write(f"\nThe model is {model}. One spoken question per language:\n\n")
        try:
            answered = [_ask(client, language, question, out) for language, question in questions.items()]
        except httpx.HTTPError as error:
            raise BharatVoiceError(f"The server at {url} did not answer: {error}") from error
    out.write(f"\nBharatVoice listens on {url} - open it in a browser, or stop it with Ctrl-C.\n")
    out.flush()
    return int(not all(answered))


def _wait(client: httpx.Client) -> str:
    """The model's name, once the server is ready."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            ready = client.get("/health/ready")
            if ready.status_code == httpx.codes.OK:
                return str(ready.json()["model"])
        except httpx.TransportError:
            pass
        time.sleep(POLL_SECONDS)
    raise NotReady(f"The server at {client.base_url} did not become ready in {READY_SECONDS:.0f} seconds.")


def _ask(client: httpx.Client, language: str, question: str, out: TextIO) -> bool:
    """Speak a question, print what became of it; whether it was understood."""
    spoken = client.post(
        "/v1/audio/speech",
        json={"model": "tts-1", "voice": "male", "input": question, "language": language, "response_format": "wav"},
    )
    spoken.raise_for_status()
    began = time.perf_counter()
    turn = client.post("/v1/voice", content=spoken.content, headers={"Content-Type": "audio/wav"})
    milliseconds = (time.perf_counter() - began) * 1000
    turn.raise_for_status()
    told = turn.json()
    out.write(
        f"{languages()[language].native} ({language})\n"
        f"  said      {question}\n"
        f"  heard     {told['transcript']['text'] or '-'}  [{told['transcript']['language']}]\n"
        f"  answered  {told['reply']['text']}\n"
        f"  took      {milliseconds:.0f} ms\n"
    )
    return bool(told["reply"]["intent"])
