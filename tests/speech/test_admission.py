"""Bounded admission: never more at once, never more waiting, and slots never lost."""

import asyncio
import threading

import pytest

from bharatvoice.errors import Overloaded
from bharatvoice.speech.admission import LONGEST_WAIT, SHORTEST_WAIT, Admission


async def settle() -> None:
    """Let everything that can go on without a thread do so."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_call_runs_in_another_thread_and_returns_its_value() -> None:
    admission = Admission(1, 1)
    assert await admission.run(threading.get_ident) != threading.get_ident()
    admission.close()


async def test_what_a_call_raises_is_raised_and_its_slot_is_free_again() -> None:
    admission = Admission(1, 1)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"):
            await admission.run(int, "broken")
    assert await admission.run(int, "7") == 7
    admission.close()


async def test_at_most_so_many_run_at_once() -> None:
    admission, lock, running, most = Admission(2, 100), threading.Lock(), 0, 0
    meeting = threading.Barrier(2)

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        meeting.wait(30)
        with lock:
            running -= 1

    await asyncio.gather(*(admission.run(work) for _ in range(6)))
    assert most == 2
    admission.close()


async def test_above_the_bound_callers_are_turned_away_at_once_and_the_rest_is_served() -> None:
    admission, gate = Admission(1, 2), threading.Event()
    admitted = [asyncio.create_task(admission.run(gate.wait)) for _ in range(3)]
    await settle()
    assert admission.waiting == 2
    with pytest.raises(Overloaded) as caught:
        await admission.run(int)
    assert SHORTEST_WAIT <= caught.value.retry_after <= LONGEST_WAIT
    gate.set()
    assert await asyncio.gather(*admitted) == [True, True, True]
    assert admission.waiting == 0
    admission.close()


async def test_a_caller_who_leaves_while_waiting_makes_room() -> None:
    admission, gate = Admission(1, 1), threading.Event()
    running = asyncio.create_task(admission.run(gate.wait))
    leaving = asyncio.create_task(admission.run(gate.wait))
    await settle()
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    assert admission.waiting == 0
    gate.set()
    assert await running
    assert await admission.run(int) == 0
    admission.close()


async def test_a_caller_who_leaves_while_running_keeps_the_slot_until_the_thread_is_done() -> None:
    admission, entered, gate = Admission(1, 1), threading.Event(), threading.Event()

    def work() -> None:
        entered.set()
        gate.wait()

    leaving = asyncio.create_task(admission.run(work))
    await asyncio.to_thread(entered.wait)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    waiting = asyncio.create_task(admission.run(int))
    await settle()
    assert admission.waiting == 1
    gate.set()
    assert await waiting == 0
    admission.close()


async def test_the_wait_that_is_named_follows_what_calls_really_take() -> None:
    now = iter(float(second) for second in range(0, 10_000, 10))
    admission = Admission(1, 1, clock=lambda: next(now))
    before = admission.retry_after
    for _ in range(20):
        async with admission.slot():
            pass
    assert before < 2 < admission.retry_after <= 10
    admission.close()


async def test_a_slot_is_given_back_when_its_work_fails() -> None:
    admission = Admission(1, 1)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            async with admission.slot():
                raise RuntimeError
    admission.close()
