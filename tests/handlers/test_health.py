"""Health, while the model loads, when it cannot be loaded, and when a part fails."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx

from bharatvoice.errors import ModelMissing
from bharatvoice.settings import Settings
from bharatvoice.speech.card import STARTER_MODEL
from handlers.health import STARTER_NOTE
from tests.handlers.doubles import MODEL, Doubles, FixedRecognizer, open_doubles, recording
from tests.handlers.server import Running, running
from tests.handlers.shape import assert_error


class StarterRecognizer(FixedRecognizer):
    model = STARTER_MODEL


def test_a_loaded_server_is_live_started_and_ready(client: httpx.Client) -> None:
    assert client.get("/health/live").json() == {"status": "live"}
    assert client.get("/health/startup").json() == {"status": "started", "model": MODEL}
    ready = client.get("/health/ready").json()
    assert ready["checks"] == {"recognizer": "ok", "synthesizer": "ok"}
    assert "note" not in ready


def test_while_the_model_loads_the_server_is_live_but_not_started() -> None:
    may_load = threading.Event()

    def open_late(settings: Settings) -> Doubles:
        may_load.wait()
        return open_doubles(settings)

    with running(Settings(threads=1), open_assembly=open_late, until_started=False) as server:
        assert httpx.get(f"{server.url}/health/live").status_code == 200
        for path in ("/health/startup", "/health/ready", "/v1/models"):
            response = httpx.get(server.url + path)
            assert_error(response, 503, "not_ready")
            assert int(response.headers["retry-after"]) > 0
        headers = {"content-type": "audio/wav"}
        assert_error(httpx.post(f"{server.url}/v1/voice", content=recording(), headers=headers), 503, "not_ready")
        may_load.set()
        while httpx.get(f"{server.url}/health/startup").status_code != 200:
            pass
        assert httpx.get(f"{server.url}/health/ready").status_code == 200


def test_a_model_that_cannot_be_loaded_is_told_to_the_shell_once_and_to_callers_without_detail() -> None:
    told = threading.Event()
    may_fail = threading.Event()

    def fail(_: Settings) -> Doubles:
        may_fail.wait()
        raise ModelMissing("The model /secret/place cannot be loaded.")

    with running(Settings(threads=1), open_assembly=fail, until_started=False) as server:
        server.app.ctx.serving.when_failed = told.set
        may_fail.set()
        assert told.wait(30)
        assert isinstance(server.app.ctx.serving.failure, ModelMissing)
        assert "secret" not in assert_error(httpx.get(f"{server.url}/health/ready"), 503, "not_ready")


def test_readiness_names_the_part_that_fails() -> None:
    def open_ailing(settings: Settings) -> Doubles:
        return replace(open_doubles(settings), complaints={"synthesizer": "espeak-ng is not installed"})

    with running(Settings(threads=1), open_assembly=open_ailing) as server:
        response = httpx.get(f"{server.url}/health/ready")
        assert response.status_code == 503
        assert response.headers["retry-after"]
        assert "synthesizer: espeak-ng is not installed" in response.json()["error"]["message"]
        assert response.json()["checks"] == {"recognizer": "ok", "synthesizer": "espeak-ng is not installed"}


def test_the_starter_model_is_labelled_where_it_shows() -> None:
    def open_starter(settings: Settings) -> Doubles:
        return replace(open_doubles(settings), recognizer=StarterRecognizer())

    with running(Settings(threads=1), open_assembly=open_starter) as server:
        ready = httpx.get(f"{server.url}/health/ready").json()
        assert (ready["model"], ready["note"]) == (STARTER_MODEL, STARTER_NOTE)


def test_health_answers_while_every_recognition_thread_is_busy(server: Running, client: httpx.Client) -> None:
    entered = len(server.recognizer.asked)
    server.recognizer.gate.clear()
    with ThreadPoolExecutor(3) as callers:
        try:
            url, headers = f"{server.url}/v1/voice", {"content-type": "audio/wav"}
            calls = [
                callers.submit(httpx.post, url, content=recording(), headers=headers, timeout=60) for _ in range(3)
            ]
            while len(server.recognizer.asked) < entered + 2:
                assert client.get("/health/live", timeout=5).status_code == 200
            assert client.get("/health/startup", timeout=5).status_code == 200
            assert not any(call.done() for call in calls)
        finally:
            server.recognizer.gate.set()
    assert [call.result().status_code for call in calls] == [200, 200, 200]
