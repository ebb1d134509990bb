"""How long a health answer takes while four recordings are being transcribed, against an idle server.

python -m benchmarks.health
"""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import httpx

from benchmarks import server

RECORDINGS = 4
POLLS = 400


def main() -> None:
    """Print the 99th percentiles and their ratio."""
    with server.running() as (client, _):
        recording = server.recording(client, server.QUESTION, "en")
        idle = polls(client)
        stop = Event()
        with ThreadPoolExecutor(RECORDINGS) as callers:
            working = [callers.submit(transcribe, str(client.base_url), recording, stop) for _ in range(RECORDINGS)]
            busy = polls(client)
            stop.set()
            transcribed = sum(each.result() for each in working)
    print(f"/health/live, {POLLS} times, {server.cores()} cores")
    print(f"busy: {transcribed} transcriptions by {RECORDINGS} callers meanwhile")
    print(f"  idle   p50 {statistics.median(idle):6.1f} ms   p99 {percentile(idle):6.1f} ms")
    print(f"  busy   p50 {statistics.median(busy):6.1f} ms   p99 {percentile(busy):6.1f} ms")
    print(f"  ratio of p99 busy / idle   {percentile(busy) / percentile(idle):.1f}")


def polls(client: httpx.Client) -> list[float]:
    """Milliseconds of each health answer, one after another."""
    taken = []
    for _ in range(POLLS):
        began = time.perf_counter()
        client.get("/health/live").raise_for_status()
        taken.append((time.perf_counter() - began) * 1000)
        time.sleep(0.005)
    return taken


def percentile(values: list[float]) -> float:
    """The 99th."""
    return statistics.quantiles(values, n=100)[98]


def transcribe(url: str, recording: bytes, stop: Event) -> int:
    """Keep one recording being transcribed at all times; how many there were."""
    done = 0
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
        while not stop.is_set():
            files = {"file": ("question.wav", recording, "audio/wav")}
            client.post("/v1/audio/transcriptions", files=files, data={"model": "whisper-1"}).raise_for_status()
            done += 1
    return done


if __name__ == "__main__":
    main()
