"""What a file is, by its first bytes, whatever its name says. Pure."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["picture", "footage", "audio", "font"]


HEAD = 12
"""Bytes that are enough to tell."""


class Sort(NamedTuple):
    kind: Kind
    media_type: str
    ending: str


MP4 = Sort("footage", "video/mp4", ".mp4")
MOV = Sort("footage", "video/quicktime", ".mov")
AVI = Sort("footage", "video/x-msvideo", ".avi")
M4A = Sort("audio", "audio/mp4", ".m4a")
MP3 = Sort("audio", "audio/mpeg", ".mp3")
TRUETYPE = Sort("font", "font/ttf", ".ttf")
STARTS: tuple[tuple[bytes, Sort], ...] = (
    (b"\xff\xd8\xff", Sort("picture", "image/jpeg", ".jpg")),
    (b"\x89PNG\r\n\x1a\n", Sort("picture", "image/png", ".png")),
    (b"GIF8", Sort("picture", "image/gif", ".gif")),
    (b"II*\x00", Sort("picture", "image/tiff", ".tif")),
    (b"MM\x00*", Sort("picture", "image/tiff", ".tif")),
    (b"BM", Sort("picture", "image/bmp", ".bmp")),
    (b"ID3", MP3),
    (b"fLaC", Sort("audio", "audio/flac", ".flac")),
    (b"OggS", Sort("audio", "audio/ogg", ".ogg")),
    (b"\x00\x01\x00\x00", TRUETYPE),
    (b"true", TRUETYPE),
    (b"OTTO", Sort("font", "font/otf", ".otf")),
    (b"wOF2", Sort("font", "font/woff2", ".woff2")),
)
RIFFS = {
    b"AVI ": AVI,
    b"WEBP": Sort("picture", "image/webp", ".webp"),
    b"WAVE": Sort("audio", "audio/wav", ".wav"),
}
BRANDS: dict[bytes, Sort | None] = {
    b"qt  ": MOV,
    b"avif": Sort("picture", "image/avif", ".avif"),
    b"heic": None,
    b"heix": None,
    b"mif1": None,
    b"msf1": None,
    b"M4A ": M4A,
    b"M4B ": M4A,
}
"""Major brands (ISO/IEC 14496-12) that are no MP4 film; every other one is taken for one, and looked at later."""
ATOMS = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
"""How QuickTime films begin that are older than brands."""


def sort_of(head: bytes) -> Sort | None:
    """By its first `HEAD` bytes; None for what is nothing that we read."""
    if head[:4] == b"RIFF":
        return RIFFS.get(head[8:12])
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], MP4)
    if head[4:8] in ATOMS:
        return MOV
    if is_mp3_frame(head):
        return MP3
    return next((sort for start, sort in STARTS if head.startswith(start)), None)


def is_mp3_frame(head: bytes) -> bool:
    """The header of an MPEG audio frame of layer III (ISO/IEC 11172-3, 2.4.1.3), with a bitrate and a rate that are some."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    return head[1] & 0x18 != 0x08 and head[2] >> 4 not in {0x0, 0xF} and head[2] & 0x0C != 0x0C
