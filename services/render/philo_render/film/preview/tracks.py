"""What a player must know of the two tracks before it decodes them (ISO/IEC 14496-12, -14, -15)."""

from __future__ import annotations

from philo_render.film.encode import REORDER
from philo_render.film.format import Format
from philo_render.film.preview.boxes import box, full_box, shorts, words
from philo_render.film.preview.nal import configuration
from philo_render.film.sound import RATE

VIDEO, AUDIO = 1, 2
"""Numbers of the tracks."""

TICKS = 1000
"""The video's clock: ticks a frame. Frames of any rate begin on a whole tick."""

UNITY = words(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
"""The matrix that shows a picture as it is."""

AAC_LC = bytes.fromhex("1190")
"""AudioSpecificConfig (ISO/IEC 14496-3): object type 2, frequency index 3 (48 kHz), two channels, 1024 samples."""

BT709 = shorts(1, 1, 1) + b"\0"
"""Primaries, transfer, matrix; limited range."""


def video_track(format_: Format, extradata: bytes) -> bytes:
    """Its edit list says that showing begins where the first picture is, `REORDER` frames after decoding began."""
    size = words(format_.width << 16, format_.height << 16)
    picture = box(
        "avc1",
        *(bytes(6), shorts(1), bytes(16), shorts(format_.width, format_.height)),
        *(words(0x480000, 0x480000, 0), shorts(1), bytes(32), shorts(24, 0xFFFF)),
        configuration(extradata),
        box("colr", b"nclx", BT709),
        box("pasp", words(1, 1)),
    )
    header = full_box("vmhd", 0, 1, bytes(8))
    media = _media(b"vide", format_.fps * TICKS, header, picture)
    shown = full_box("elst", 0, 0, words(1, 0, REORDER * TICKS), shorts(1, 0))
    return box("trak", _track_header(VIDEO, volume=0, size=size), box("edts", shown), media)


def audio_track() -> bytes:
    sound = box("mp4a", bytes(6), shorts(1), bytes(8), shorts(2, 16, 0, 0), words(RATE << 16), _decoder())
    media = _media(b"soun", RATE, full_box("smhd", 0, 0, bytes(4)), sound)
    return box("trak", _track_header(AUDIO, volume=0x100, size=words(0, 0)), media)


def _track_header(number: int, *, volume: int, size: bytes) -> bytes:
    times = words(0, 0, number, 0, 0)
    return full_box("tkhd", 0, 3, times, bytes(8), shorts(0, 0, volume, 0), UNITY, size)


def _media(kind: bytes, timescale: int, header: bytes, entry: bytes) -> bytes:
    """The tables of samples are empty: each part brings its own."""
    undetermined = shorts(0x55C4, 0)  # the language "und", five bits a letter
    tables = [full_box(name, 0, 0, words(0)) for name in ("stts", "stsc", "stco")]
    described = full_box("stsd", 0, 0, words(1), entry)
    return box(
        "mdia",
        full_box("mdhd", 0, 0, words(0, 0, timescale, 0), undetermined),
        full_box("hdlr", 0, 0, bytes(4), kind, bytes(12), b"Philo\0"),
        box(
            "minf",
            header,
            box("dinf", full_box("dref", 0, 0, words(1), full_box("url ", 0, 1))),
            box("stbl", described, *tables, full_box("stsz", 0, 0, words(0, 0))),
        ),
    )


def _decoder() -> bytes:
    """The `esds` box: descriptors within descriptors, each a tag, a length and a body (ISO/IEC 14496-1)."""
    specific = bytes([5, len(AAC_LC)]) + AAC_LC
    kind = bytes([0x40, 0x15]) + bytes(3) + words(160_000, 160_000)  # MPEG-4 audio; no buffer size; bit rates
    config = bytes([4, len(kind) + len(specific)]) + kind + specific
    stream = shorts(AUDIO) + b"\0" + config + bytes([6, 1, 2])
    return full_box("esds", 0, 0, bytes([3, len(stream)]), stream)
