"""What a file is, by its first bytes, whatever its name says. Pure."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["picture", "footage"]


HEAD = 12
"""Bytes that are enough to tell."""


class Sort(NamedTuple):
    kind: Kind
    media_type: str
    ending: str


MP4 = Sort("footage", "video/mp4", ".mp4")
MOV = Sort("footage", "video/quicktime", ".mov")
AVI = Sort("footage", "video/x-msvideo", ".avi")
STARTS: tuple[tuple[bytes, Sort], ...] = (
    (b"\xff\xd8\xff", Sort("picture", "image/jpeg", ".jpg")),
    (b"\x89PNG\r\n\x1a\n", Sort("picture", "image/png", ".png")),
    (b"GIF8", Sort("picture", "image/gif", ".gif")),
    (b"II*\x00", Sort("picture", "image/tiff", ".tif")),
    (b"MM\x00*", Sort("picture", "image/tiff", ".tif")),
    (b"BM", Sort("picture", "image/bmp", ".bmp")),
)
RIFFS = {b"AVI ": AVI, b"WEBP": Sort("picture", "image/webp", ".webp")}
BRANDS: dict[bytes, Sort | None] = {
    b"qt  ": MOV,
    b"avif": Sort("picture", "image/avif", ".avif"),
    b"heic": None,
    b"heix": None,
    b"mif1": None,
    b"msf1": None,
    b"M4A ": None,
    b"M4B ": None,
}
"""Major brands (ISO/IEC 14496-12) that are no MP4 film; every other one is taken for one, and looked at later."""
ATOMS = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
"""How QuickTime films begin that are older than brands."""


def sort_of(head: bytes) -> Sort | None:
    """By its first `HEAD` bytes; None for what is neither a picture nor footage that we read."""
    if head[:4] == b"RIFF":
        return RIFFS.get(head[8:12])
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], MP4)
    if head[4:8] in ATOMS:
        return MOV
    return next((sort for start, sort in STARTS if head.startswith(start)), None)
