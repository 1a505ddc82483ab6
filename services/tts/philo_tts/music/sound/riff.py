"""RIFF: the chunks of a file, without copying them."""

import struct
from collections.abc import Iterator

CONTAINERS = (b"RIFF", b"LIST")


def chunks(data: memoryview) -> Iterator[tuple[str, memoryview]]:
    """Name and content of every chunk, containers opened, in file order."""
    at = 0
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + size]
        if name in CONTAINERS:
            yield from chunks(body[4:])
        else:
            yield name.decode("latin1"), body
        at += 8 + size
        if size & 1 and at < len(data) and data[at] == 0:  # some writers forget the pad byte
            at += 1
