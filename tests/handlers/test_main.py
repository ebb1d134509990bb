"""`python -m handlers`, as an operator starts it."""

import os
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from tests.handlers.doubles import recording

HERE = {"PATH": os.environ["PATH"], "BHARATVOICE_PORT": "0"}


def start(module: str = "handlers", **settings: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", module], env={**HERE, **settings}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_a_rejected_setting_is_one_line_and_status_2() -> None:
    with start(BHARATVOICE_HOST="0.0.0.0") as server:  # noqa: S104 - it must refuse
        out, err = server.communicate(timeout=60)
    assert server.returncode == 2
    assert out == ""
    assert err.count("\n") == 1
    assert "BHARATVOICE_API_KEYS" in err


def test_a_taken_port_is_one_line_and_status_2() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with start(BHARATVOICE_PORT=port) as server:
            _, err = server.communicate(timeout=60)
    assert server.returncode == 2
    assert err.count("\n") == 1
    assert port in err


def test_a_missing_model_is_one_line_and_status_2() -> None:
    with start(BHARATVOICE_MODEL="/no/such/model") as server:
        _, err = server.communicate(timeout=60)
    assert server.returncode == 2
    assert "/no/such/model" in err
    assert "Traceback" not in err


def test_it_prints_its_address_answers_there_and_stops_when_told() -> None:
    with start() as server:
        assert server.stdout is not None
        url = server.stdout.readline().split()[-1]
        assert httpx.get(f"{url}/health/live", timeout=30).json() == {"status": "live"}
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=60) == 0


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told_though_a_recognition_whose_caller_has_left_never_ends(told: signal.Signals) -> None:
    with start("tests.handlers.blocked") as server:
        try:
            assert server.stdout is not None
            place = httpx.URL(server.stdout.readline().split()[-1])
            while httpx.get(place.join("/health/startup"), timeout=30).status_code != 200:
                pass
            with socket.create_connection((place.host, place.port or 0), timeout=30) as caller:
                body = recording()
                head = f"POST /v1/voice HTTP/1.1\r\ncontent-type: audio/wav\r\ncontent-length: {len(body)}\r\n\r\n"
                caller.sendall(head.encode() + body)
                assert server.stdout.readline() == "recognizing\n"
            server.send_signal(told)
            assert server.wait(timeout=15) == 0  # less than the grace for callers who still wait
        finally:
            server.kill()


@pytest.mark.parametrize("status", [0, 1, 2])
def test_leaving_keeps_the_status_and_what_was_written_and_waits_for_no_thread(status: int) -> None:
    program = (
        "import threading, sys; from handlers.__main__ import leave; "
        "threading.Thread(target=threading.Event().wait).start(); "
        f"sys.stdout.write('said'); leave({status})"
    )
    ended = subprocess.run([sys.executable, "-c", program], env=HERE, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (status, "said", "")
