"""What a file is, by its first bytes: for the words of a refusal, whatever its name says."""

from __future__ import annotations

from pathlib import Path

HEAD = 64
"""Bytes that are enough to tell."""

STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "an archive or office document"),
    (b"\x1a\x45\xdf\xa3", "a Matroska or WebM film"),
    (b"ID3", "a sound file"),
    (b"OggS", "an Ogg file"),
    (b"fLaC", "a sound file"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"8BPS", "a Photoshop document"),
    (b"<svg", "an SVG drawing"),
    (b"\x00\x00\x01\xba", "an MPEG film"),
    (b"FLV", "a Flash film"),
)
RIFFS = {b"WAVE": "a sound file", b"WEBP": "a WebP picture", b"AVI ": "an AVI film"}
BRANDS = {
    b"heic": "an HEIC picture",
    b"heix": "an HEIC picture",
    b"mif1": "an HEIF picture",
    b"avif": "an AVIF picture",
    b"M4A ": "a sound file",
}


def head_of(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source[:HEAD]
    with source.open("rb") as file:
        return file.read(HEAD)


def kind(head: bytes) -> str:
    """Words such as "a PDF document"; "something else" when nobody knows."""
    if head[:4] == b"RIFF":
        return RIFFS.get(head[8:12], "something else")
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], "an MP4 or MOV film")
    known = next((words for start, words in STARTS if head.lstrip().startswith(start)), None)
    if known is not None:
        return known
    return "a text" if head and _printable(head) else "something else"


def _printable(head: bytes) -> bool:
    text = head.decode("utf-8", errors="ignore")  # the last sign may be cut in two
    return len(text.encode()) > len(head) - 4 and all(sign.isprintable() or sign.isspace() for sign in text)
