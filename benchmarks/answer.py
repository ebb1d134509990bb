"""How long an answer takes for a question that is understood, and for one that is not and is looked at twice.

python -m benchmarks.answer
"""

import statistics
import time
from datetime import UTC, datetime

from benchmarks import server
from bharatvoice.skills.answering import Assistant

UNDERSTOOD = ("what is five plus seven", "पुलिस का नंबर क्या है", "இப்போது மணி என்ன", "aj konsa din he")
MISSED = ("the old bridge was painted green", "मेरी बिल्ली छत पर सो रही है", "नदी में बाढ़ आ गई", "gaon mein mela laga hai")
REPETITIONS = 30


def main() -> None:
    """Print medians, interleaved, and their ratio."""
    assistant = Assistant.load()
    taken: dict[tuple[str, ...], list[float]] = {UNDERSTOOD: [], MISSED: []}
    for _ in range(REPETITIONS):
        for questions, milliseconds in taken.items():
            for question in questions:
                began = time.thread_time()
                assistant.answer(question, now=datetime.now(UTC))
                milliseconds.append((time.thread_time() - began) * 1000)
    understood, missed = (statistics.median(values) for values in taken.values())
    print(f"Answers, CPU milliseconds (median), {server.cores()} cores")
    print(f"  understood {understood:.2f}, not understood {missed:.2f}, ratio {missed / understood:.1f}")


if __name__ == "__main__":
    main()
