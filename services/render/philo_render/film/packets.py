"""A drawn segment as bytes: encoded packets and all that joining them needs.

Layout, little-endian:

    8   magic "PHILOSEG"
    H   version of this layout
    64  the segment's key, ASCII
    HHH width, height, frames a second
    II  number of packets, length of the extradata
    …   extradata (the H.264 parameter sets)
    …   a row a packet: I pts in frames, B flags (1: key frame), I length
    …   the packets' data, in decoding order
    32  sha256 of everything before it
"""

from __future__ import annotations

import struct
from hashlib import sha256
from typing import NamedTuple

from philo_render.film.faults import BrokenSegmentError
from philo_render.film.format import Format

MAGIC = b"PHILOSEG"
VERSION = 1
HEAD = struct.Struct("<8sH64sHHHII")
ROW = struct.Struct("<IBI")
SEAL = 32


class Packet(NamedTuple):
    """One encoded frame; `pts` counts frames from the segment's start."""

    pts: int
    key: bool
    data: bytes


class Packets(NamedTuple):
    """A whole segment, in decoding order."""

    key: str
    format: Format
    extradata: bytes
    packets: tuple[Packet, ...]


def packed(segment: Packets) -> bytes:
    form = segment.format
    sizes = (form.width, form.height, form.fps, len(segment.packets), len(segment.extradata))
    parts = [HEAD.pack(MAGIC, VERSION, segment.key.encode(), *sizes), segment.extradata]
    parts += [ROW.pack(p.pts, int(p.key), len(p.data)) for p in segment.packets]
    parts += [p.data for p in segment.packets]
    body = b"".join(parts)
    return body + sha256(body).digest()


def unpacked(data: bytes) -> Packets:
    """The inverse of `packed`; BrokenSegmentError says what is wrong with the bytes."""
    if len(data) < HEAD.size + SEAL or not data.startswith(MAGIC):
        raise BrokenSegmentError("These bytes are not a segment: the magic word or the header is missing.")
    _, version, key, width, height, fps, count, extra = HEAD.unpack_from(data)
    if version != VERSION:
        raise BrokenSegmentError(f"The segment has layout version {version}; this program reads version {VERSION}.")
    if sha256(memoryview(data)[:-SEAL]).digest() != data[-SEAL:]:
        raise BrokenSegmentError("The segment is damaged or cut short: its checksum does not match. Draw it again.")
    start = HEAD.size + extra
    return Packets(
        key.decode(),
        Format(width=width, height=height, fps=fps),
        data[HEAD.size : start],
        _rows(data, start, count),
    )


def _rows(data: bytes, start: int, count: int) -> tuple[Packet, ...]:
    at = start + count * ROW.size
    found = []
    for pts, flags, length in ROW.iter_unpack(data[start:at]):
        found.append(Packet(pts, bool(flags & 1), data[at : at + length]))
        at += length
    return tuple(found)
