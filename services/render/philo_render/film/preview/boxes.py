"""The boxes of an ISO base media file (ISO/IEC 14496-12): a length, four letters, a body."""

from __future__ import annotations

import struct


def box(name: str, *body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + sum(map(len, body)), name.encode("ascii")) + b"".join(body)


def full_box(name: str, version: int, flags: int, *body: bytes) -> bytes:
    """A box that says which version of its layout it has, and 24 flags."""
    return box(name, struct.pack(">I", version << 24 | flags), *body)


def words(*values: int) -> bytes:
    """32-bit numbers, big-endian."""
    return struct.pack(f">{len(values)}I", *values)


def shorts(*values: int) -> bytes:
    """16-bit numbers, big-endian."""
    return struct.pack(f">{len(values)}H", *values)
