"""A spoken turn over HTTP against the work it cannot avoid, and short windows against full ones.

python -m benchmarks.turn
"""

import statistics
import time

from benchmarks import server
from bharatvoice import settings
from bharatvoice.assembly import Assembly
from bharatvoice.speech.ports import Samples

TURNS = 60
WARM_UP = 5


def main() -> None:
    """Print medians over interleaved repetitions."""
    read = settings.read()
    short, full = Assembly.open(read), Assembly.open(read.model_copy(update={"short_windows": False}))
    with server.running() as (client, pid):
        recording = server.recording(client, server.QUESTION, "en")
        samples = short.reader.read(recording)
        turns: list[dict[str, float]] = []
        seconds: dict[str, list[float]] = {"short": [], "full": []}
        for _ in range(TURNS + WARM_UP):
            began = time.perf_counter()
            answered = client.post("/v1/voice", content=recording, headers={"Content-Type": "audio/wav"})
            wall = (time.perf_counter() - began) * 1000
            turns.append({"wall_ms": wall, **answered.raise_for_status().json()["timings"]})
            for name, assembly in (("short", short), ("full", full)):
                seconds[name].append(recognition_cpu_seconds(assembly, samples))
        turns = turns[WARM_UP:]
        memory = server.resident_megabytes(pid)
    median = {name: statistics.median(turn[name] for turn in turns) for name in turns[0]}
    rest = statistics.median(t["wall_ms"] - t["recognize_ms"] - t["synthesize_ms"] for t in turns)
    work = median["recognize_ms"] + median["synthesize_ms"]
    window = {name: statistics.median(values[WARM_UP:]) for name, values in seconds.items()}
    print(f"A turn of {len(samples) / 16000:.1f} s of speech, {TURNS} times, one caller, {server.cores()} cores")
    print(f"  wall               {median['wall_ms']:7.1f} ms (median)")
    print(f"  recognition        {median['recognize_ms']:7.1f} ms")
    print(f"  synthesis          {median['synthesize_ms']:7.1f} ms (espeak-ng process and encoding)")
    parts = f"decoding {median['decode_ms']:.1f}, answer {median['answer_ms']:.1f}, HTTP"
    print(f"  everything else    {rest:7.1f} ms: {parts}")
    print(f"  ratio wall / (recognition + synthesis)     {median['wall_ms'] / work:.2f}")
    print(f"Recognition, CPU seconds: short window {window['short']:.3f}, 30-second window {window['full']:.3f}")
    print(f"  ratio full / short                         {window['full'] / window['short']:.1f}")
    print(f"Server's resident memory after it            {memory:.0f} MB")


def recognition_cpu_seconds(assembly: Assembly, samples: Samples) -> float:
    """CPU time of one recognition, all threads."""
    before = time.process_time()
    assembly.recognizer.recognize(samples)
    return time.process_time() - before


if __name__ == "__main__":
    main()
