"""H.264 as the encoder gives it (start codes, Annex B) and as MP4 wants it (lengths, ISO/IEC 14496-15)."""

from __future__ import annotations

from philo_render.film.faults import BrokenFilmError
from philo_render.film.preview.boxes import box, shorts, words

START = b"\0\0\1"
SEQUENCE, PICTURE = 7, 8
"""Types of the units that hold the parameters of a sequence and of its pictures."""

EXTENDED = frozenset({100, 110, 122, 144})
"""Profiles from High on: their record ends with the chroma format and the bit depths."""


def units(data: bytes) -> list[bytes]:
    """The NAL units between the start codes. A unit never ends with a zero byte: those belong to the next code."""
    return [unit.rstrip(b"\0") for unit in data.split(START)[1:]]


def sample(data: bytes) -> bytes:
    """One picture, each of its units after its length in four bytes."""
    return b"".join(words(len(unit)) + unit for unit in units(data))


def configuration(extradata: bytes) -> bytes:
    """The `avcC` box: parameter sets of 4:2:0 video with eight bits; BrokenFilmError if they are absent."""
    sequences = [unit for unit in units(extradata) if unit[0] & 31 == SEQUENCE]
    pictures = [unit for unit in units(extradata) if unit[0] & 31 == PICTURE]
    if not sequences or not pictures:
        raise BrokenFilmError("The video's parameter sets are missing: draw the scene again.")
    profile = sequences[0][1:4]
    depth = bytes([0xFC | 1, 0xF8, 0xF8, 0]) if profile[0] in EXTENDED else b""
    head = bytes([1]) + profile + bytes([0xFF, 0xE0 | len(sequences)])
    return box("avcC", head, _sized(sequences), bytes([len(pictures)]), _sized(pictures), depth)


def _sized(sets: list[bytes]) -> bytes:
    return b"".join(shorts(len(unit)) + unit for unit in sets)
