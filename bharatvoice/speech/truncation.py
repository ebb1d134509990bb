"""What a container says about its own length. Pure: bytes in, numbers out."""

TRUNCATED_SHARE = 0.9
"""A recording with less than this share of the length that it declares is cut off."""
STREAMED_BYTES = 0x7FFF_0000
"""A RIFF, AIFF or AU header that declares more than this was written before its size was known."""
OGG_PAGE = b"OggS"
OGG_HEADER = 27
"""Bytes of an Ogg page before the table of its segments (RFC 3533, section 6)."""
MATROSKA_SEGMENT = b"\x18\x53\x80\x67"
MATROSKA_LEAD = 4096
"""Bytes after the EBML header in which the Segment begins; padding may come between (RFC 8794, RFC 9559)."""
MP3_RATES = (44_100, 48_000, 32_000)
MP3_SHIFTS = {3: 0, 2: 1, 0: 2}
"""By the version bits of a frame: MPEG 1 has these rates, MPEG 2 half of them, MPEG 2.5 a quarter."""
XING_OFFSETS = (13, 21, 36)
"""Where "Xing" or "Info" stands in the first frame, by version and layout. "VBRI" stands at the last of them."""


def missing_bytes(recording: bytes) -> int:
    """How many bytes at least should follow the last one, by what RIFF, AIFF, AU, Ogg or Matroska headers say.

    0 or less: none, or the container does not say, as when it was written live.
    """
    match recording[:4]:
        case b"RIFF":
            return _missing(recording, 8 + int.from_bytes(recording[4:8], "little"))
        case b"FORM":
            return _missing(recording, 8 + int.from_bytes(recording[4:8]))
        case b".snd":
            return _missing(recording, int.from_bytes(recording[4:8]) + int.from_bytes(recording[8:12]))
        case b"OggS":
            return _missing_of_ogg(recording)
        case b"\x1a\x45\xdf\xa3":
            return _missing_of_matroska(recording)
    return 0


def _missing(recording: bytes, declared: int) -> int:
    is_cut = declared < STREAMED_BYTES and len(recording) < TRUNCATED_SHARE * declared
    return declared - len(recording) if is_cut else 0


def _missing_of_ogg(recording: bytes) -> int:
    """Live recorders may leave out the flag that ends a stream, so only a page that is not whole is a cut."""
    start = recording.rfind(OGG_PAGE + b"\0")
    header = recording[start : start + OGG_HEADER].ljust(OGG_HEADER, b"\0")
    body = start + OGG_HEADER + header[-1]
    end = body + sum(recording[start + OGG_HEADER : body])
    tail = recording[end:]
    return OGG_HEADER - len(tail) if tail and OGG_PAGE.startswith(tail) else end - len(recording)


def _missing_of_matroska(recording: bytes) -> int:
    size, start = _ebml_size(recording, 4)
    segment = recording.find(MATROSKA_SEGMENT, start + size, start + size + MATROSKA_LEAD)
    if segment < 0:
        return 0
    size, start = _ebml_size(recording, segment + 4)
    return start + size - len(recording)


def _ebml_size(recording: bytes, at: int) -> tuple[int, int]:
    """The size that stands at `at`, 0 when it says "unknown", and where the content begins (RFC 8794, section 6)."""
    width = 9 - int.from_bytes(recording[at : at + 1]).bit_length()
    unknown = (1 << 7 * width) - 1
    size = int.from_bytes(recording[at : at + width]) & unknown
    return (0 if size == unknown else size), at + width


def mp3_seconds(recording: bytes) -> float:
    """The length that the Xing, Info or VBRI header in the first MP3 frame gives; 0 when there is none."""
    start = 0
    if recording[:3] == b"ID3":
        for byte in recording[6:10]:  # the tag's size has 7 bits in each byte (ID3v2.4, section 3.1)
            start = start << 7 | byte & 127
        start += 10
    frame = recording[start : start + 64]
    if len(frame) < 64 or frame[0] != 0xFF or frame[1] & 0xE0 != 0xE0:
        return 0
    shift, rate = MP3_SHIFTS.get(frame[1] >> 3 & 3), frame[2] >> 2 & 3
    if shift is None or rate == len(MP3_RATES):
        return 0
    return _mp3_frames(frame) * (1152 if shift == 0 else 576) / (MP3_RATES[rate] >> shift)


def _mp3_frames(frame: bytes) -> int:
    if frame[XING_OFFSETS[-1] :].startswith(b"VBRI"):
        return int.from_bytes(frame[50:54])
    for at in XING_OFFSETS:
        if frame[at : at + 4] in (b"Xing", b"Info") and frame[at + 7] & 1:
            return int.from_bytes(frame[at + 8 : at + 12])
    return 0
