"""`python -m handlers`, as an operator starts it."""

import os
import signal
import socket
import subprocess
import sys

import httpx

HERE = {"PATH": os.environ["PATH"], "BHARATVOICE_PORT": "0"}


def start(**settings: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "handlers"], env={**HERE, **settings}, text=True,
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
