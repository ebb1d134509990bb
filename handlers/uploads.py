"""Recordings that callers send, as a multipart form or as the raw body, within bounds."""

from dataclasses import dataclass
from typing import Any

from sanic import Request
from sanic.headers import parse_content_header

from bharatvoice.errors import AudioRejected, AudioTooLarge, BadInput, UnknownValue
from handlers.fields import Fields
from handlers.serving import serving_of

MOST_PARTS = 64
MOST_FIELD_BYTES = 64 * 1024
MOST_HEADING_BYTES = 8 * 1024
FORM_OVERHEAD = 256 * 1024
"""Bytes that the fields and headings of a form may add to its recording."""
ACCEPTED = ("multipart/form-data", "audio/*", "video/webm", "video/mp4", "application/ogg", "application/octet-stream")


@dataclass(frozen=True)
class Upload:
    """A recording and the fields that came with it, in the query or in the form."""

    recording: bytes
    fields: Fields


async def read_upload(request: Request[Any, Any]) -> Upload:
    """Take the recording out of a request. Raises AudioRejected, AudioTooLarge, BadInput, UnknownValue (415)."""
    serving = serving_of(request)
    kind, parameters = parse_content_header(request.headers.get("content-type", ""))
    parts: dict[str, list[bytes]] = {}
    if kind == "multipart/form-data":
        parts = await serving.splitting.run(split_form, request.body, str(parameters.get("boundary", "")))
        recording = parts.pop("file", [b""])[-1]
    elif kind.startswith("audio/") or kind in ACCEPTED[2:]:
        recording = request.body
    else:
        raise UnknownValue.of("content_type", kind, ACCEPTED, param="content-type")
    check_size(len(recording), serving.settings.max_upload_bytes)
    values: dict[str, list[object]] = {name: list(given) for name, given in request.args.items()}
    for name, contents in parts.items():
        values.setdefault(name, []).extend(_text(content, name) for content in contents)
    return Upload(recording, Fields(values))


def check_size(size: int, most: int) -> None:
    """Raises AudioRejected for an empty recording, AudioTooLarge for one above `most` bytes."""
    if not size:
        raise AudioRejected(
            "There is no recording: send one as the form field `file` or as the body.", code="audio_empty", param="file"
        )
    if size > most:
        raise AudioTooLarge(f"The recording is too large; send at most {most} bytes.", param="file")


def split_form(body: bytes, boundary: str) -> dict[str, list[bytes]]:
    """The contents of each named part of a multipart form (RFC 7578).

    Parts are counted before they are cut, so that a chosen boundary cannot blow up memory. Raises BadInput.
    """
    delimiter = b"\r\n--" + boundary.encode("utf-8", "surrogatepass")
    whole = b"\r\n" + body
    if not boundary or not 2 <= whole.count(delimiter) <= MOST_PARTS + 1:
        raise BadInput(f"The form is broken: send 1 to {MOST_PARTS} parts between boundaries.", code="invalid_form")
    parts: dict[str, list[bytes]] = {}
    for part in whole.split(delimiter)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        parts.setdefault(_name(head), []).append(content)
    return parts


def _name(head: bytes) -> str:
    for line in head[:MOST_HEADING_BYTES].decode("utf-8", "replace").split("\r\n"):
        header, _, value = line.partition(":")
        if header.strip().lower() == "content-disposition":
            return str(parse_content_header(value.strip())[1].get("name", ""))
    raise BadInput("A part of the form has no Content-Disposition header.", code="invalid_form")


def _text(content: bytes, name: str) -> str:
    if len(content) > MOST_FIELD_BYTES:
        raise BadInput(f"{name[:80]} is too long; send at most {MOST_FIELD_BYTES} bytes.", param=name[:80])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"{name[:80]} is not valid UTF-8.", param=name[:80]) from None
