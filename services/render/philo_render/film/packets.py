"""A drawn chunk as bytes: encoded packets and all that joining them needs.

Layout, little-endian:

    8   magic "PHILOCHK"
    H   version of this layout
    64  the chunk's key, ASCII
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

from philo_render.film.faults import BrokenChunkError
from philo_render.film.format import Format

MAGIC = b"PHILOCHK"
VERSION = 1
HEAD = struct.Struct("<8sH64sHHHII")
ROW = struct.Struct("<IBI")
SEAL = 32


class Packet(NamedTuple):
    """One encoded frame; `pts` counts frames from the chunk's start."""

    pts: int
    key: bool
    data: bytes


class Head(NamedTuple):
    """What a chunk begins with; `extra` is the length of its extradata in bytes."""

    key: str
    format: Format
    packets: int
    extra: int


class Packets(NamedTuple):
    """A whole chunk, in decoding order."""

    key: str
    format: Format
    extradata: bytes
    packets: tuple[Packet, ...]


def packed(chunk: Packets) -> bytes:
    form = chunk.format
    sizes = (form.width, form.height, form.fps, len(chunk.packets), len(chunk.extradata))
    parts = [HEAD.pack(MAGIC, VERSION, chunk.key.encode(), *sizes), chunk.extradata]
    parts += [ROW.pack(p.pts, int(p.key), len(p.data)) for p in chunk.packets]
    parts += [p.data for p in chunk.packets]
    body = b"".join(parts)
    return body + sha256(body).digest()


def head(data: bytes) -> Head:
    """By a chunk's first `HEAD.size` bytes; BrokenChunkError if they are another thing's."""
    if len(data) < HEAD.size or not data.startswith(MAGIC):
        raise BrokenChunkError("These bytes are not a chunk: the magic word or the header is missing.")
    _, version, key, width, height, fps, count, extra = HEAD.unpack_from(data)
    if version != VERSION:
        raise BrokenChunkError(f"The chunk has layout version {version}; this program reads version {VERSION}.")
    return Head(key.decode(), Format(width=width, height=height, fps=fps), count, extra)


def unpacked(data: bytes) -> Packets:
    """The inverse of `packed`; BrokenChunkError says what is wrong with the bytes."""
    key, format_, count, extra = head(data)
    if sha256(memoryview(data)[:-SEAL]).digest() != data[-SEAL:]:
        raise BrokenChunkError("The chunk is damaged or cut short: its checksum does not match. Draw it again.")
    start = HEAD.size + extra
    return Packets(key, format_, data[HEAD.size : start], _rows(data, start, count))


def _rows(data: bytes, start: int, count: int) -> tuple[Packet, ...]:
    at = start + count * ROW.size
    found = []
    for pts, flags, length in ROW.iter_unpack(data[start:at]):
        found.append(Packet(pts, bool(flags & 1), data[at : at + length]))
        at += length
    return tuple(found)
