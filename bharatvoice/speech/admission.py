"""Bounded admission: at most so many calls at once, at most so many waiting, the rest told when to come back."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import ParamSpec, TypeVar

from bharatvoice.errors import Overloaded

P = ParamSpec("P")
T = TypeVar("T")

FIRST_GUESS_SECONDS = 1.0
"""How long one call is taken to last before any has been measured."""
WEIGHT_OF_NEWEST = 0.2
SHORTEST_WAIT, LONGEST_WAIT = 0.1, 60.0
"""Bounds of `retry_after`, in seconds; the OpenAI client gives up when told to wait more than 120."""


class Admission:
    """Admits calls to `threads` slots, each with its own thread, while at most `max_waiting` others wait."""

    def __init__(self, threads: int, max_waiting: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._threads, self._max_waiting, self._clock = threads, max_waiting, clock
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="admitted")
        self._free = asyncio.Semaphore(threads)
        self._waiting = 0
        self._seconds = FIRST_GUESS_SECONDS

    @property
    def waiting(self) -> int:
        """How many calls wait for a slot now."""
        return self._waiting

    @property
    def retry_after(self) -> float:
        """Seconds until a caller who is turned away now may expect a slot: moving average times queue length."""
        return min(LONGEST_WAIT, max(SHORTEST_WAIT, self._seconds * (self._waiting + 1) / self._threads))

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking call in a thread. Raises Overloaded, and whatever the call raises.

        A caller who leaves frees the slot only when the thread has finished, so slots never lie.
        """
        await self._enter()
        loop, began = asyncio.get_running_loop(), self._clock()

        def finished(_: object) -> None:
            with suppress(RuntimeError):  # the loop is closed: the process is stopping
                loop.call_soon_threadsafe(self._leave, began)

        work = self._pool.submit(call, *args, **kwargs)
        work.add_done_callback(finished)
        return await asyncio.wrap_future(work)

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Hold a slot during asynchronous work that has threads or processes of its own. Raises Overloaded."""
        await self._enter()
        began = self._clock()
        try:
            yield
        finally:
            self._leave(began)

    def close(self) -> None:
        """Drop what waits; running calls finish in their threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _enter(self) -> None:
        if self._free.locked() and self._waiting >= self._max_waiting:
            wait = self.retry_after
            raise Overloaded(f"Too much is waiting already. Try again in {wait:.1f} seconds.", retry_after=wait)
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1

    def _leave(self, began: float) -> None:
        self._seconds += WEIGHT_OF_NEWEST * (self._clock() - began - self._seconds)
        self._free.release()
