"""Bodies: bounds, content types, and forms that are wrong on purpose."""

from contextlib import suppress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bharatvoice.errors import BadInput
from handlers.uploads import MOST_PARTS, split_form
from tests.handlers.doubles import recording
from tests.handlers.shape import assert_error

MOST = 25 * 1024 * 1024
PATHS = ["/v1/voice", "/v1/audio/transcriptions"]


@pytest.mark.parametrize("path", PATHS)
def test_an_empty_body_is_rejected(client: httpx.Client, path: str) -> None:
    assert_error(client.post(path, headers={"content-type": "audio/wav"}), 400, "audio_empty", "file")
    assert_error(client.post(path, files={"file": ("a.wav", b"")}), 400, "audio_empty", "file")
    assert_error(client.post(path, files={"recording": ("a.wav", recording())}), 400, "audio_empty", "file")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/x-www-form-urlencoded", ""])
def test_another_content_type_is_415(client: httpx.Client, path: str, kind: str) -> None:
    response = client.post(path, content=b"a=1", headers={"content-type": kind})
    assert "multipart/form-data" in assert_error(response, 415, "unknown_content_type", "content-type")


@pytest.mark.parametrize("over", [1, 16 * 1024 * 1024], ids=["one byte", "sixteen mebibytes"])
def test_a_recording_above_25_mebibytes_is_413_and_the_next_request_works(client: httpx.Client, over: int) -> None:
    headers = {"content-type": "audio/wav"}
    response = client.post("/v1/voice", content=bytes(MOST + over), headers=headers)
    assert_error(response, 413, "file_too_large", "file" if over == 1 else None)
    assert client.post("/v1/voice", content=recording(), headers=headers).status_code == 200


def test_a_recording_above_25_mebibytes_in_a_form_is_413(client: httpx.Client) -> None:
    response = client.post("/v1/audio/transcriptions", files={"file": ("a.wav", bytes(MOST + 1))})
    assert_error(response, 413, "file_too_large", "file")


@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=absent"],
)
def test_a_form_without_its_boundary_is_rejected(client: httpx.Client, content_type: str) -> None:
    response = client.post("/v1/voice", content=b"--x\r\n\r\n--x--", headers={"content-type": content_type})
    assert_error(response, 400, "invalid_form")


def test_a_form_of_very_many_parts_is_rejected_before_it_is_cut() -> None:
    with pytest.raises(BadInput):
        split_form(b"\r\n--a" * (MOST_PARTS * 1000), "a")


def test_a_field_that_is_not_utf_8_is_rejected(client: httpx.Client) -> None:
    form = {"file": ("a.wav", recording()), "language": (None, b"\xff\xfe")}
    response = client.post("/v1/voice", files=form)
    assert_error(response, 400, "invalid_request", "language")


@given(st.dictionaries(st.text("abz[]_", min_size=1, max_size=9), st.binary(max_size=200), min_size=1))
def test_what_a_client_puts_into_a_form_comes_out_of_it(fields: dict[str, bytes]) -> None:
    request = httpx.Request("POST", "http://x", files={name: ("f", content) for name, content in fields.items()})
    boundary = request.headers["content-type"].partition("boundary=")[2]
    assert split_form(request.read(), boundary) == {name: [content] for name, content in fields.items()}


@given(st.binary(max_size=300), st.text(max_size=10))
def test_any_bytes_are_split_or_rejected(body: bytes, boundary: str) -> None:
    with suppress(BadInput):
        parts = split_form(body, boundary)
        assert all(content in body for contents in parts.values() for content in contents)
