"""A film's encoded sound as a file: made once, while pictures are still drawn, and found again.

Layout, little-endian: 8 bytes magic "PHILOSND", H version of this layout, Q samples of the whole; a record a packet (q pts
and I duration in samples, I length, then its data) in the order of time; 32 bytes sha256 of everything before them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from philo_render.film.faults import BrokenFilmError
from philo_render.film.sound.aac import SoundPacket

MAGIC = b"PHILOSND"
VERSION = 1
HEAD = struct.Struct("<8sHQ")
RECORD = struct.Struct("<qII")
SEAL = 32
PIECE = 1 << 20


class EncodedSound:
    """Such a file, checked whole when it is opened. BrokenFilmError if a byte is missing or another than it was."""

    def __init__(self, path: Path) -> None:
        self.path, self.size = path, path.stat().st_size
        with path.open("rb") as file:
            start = file.read(HEAD.size)
        if len(start) < HEAD.size or not start.startswith(MAGIC):
            raise BrokenFilmError("The film's sound is not a file of sound packets: mix it again.")
        _, version, self.samples = HEAD.unpack(start)
        if version != VERSION or not self._sealed():
            raise BrokenFilmError("The film's sound is damaged, cut short, or of another version: mix it again.")

    def packets(self) -> Iterator[SoundPacket]:
        """One after the other; a few kilobytes are in memory."""
        with self.path.open("rb") as file:
            file.seek(HEAD.size)
            while file.tell() < self.size - SEAL:
                pts, duration, length = RECORD.unpack(file.read(RECORD.size))
                yield SoundPacket(pts, duration, file.read(length))

    def _sealed(self) -> bool:
        digest, left = sha256(), self.size - SEAL
        with self.path.open("rb") as file:
            while left > 0 and (piece := file.read(min(PIECE, left))):
                digest.update(piece)
                left -= len(piece)
            return file.read(SEAL) == digest.digest()


def keep(packets: Iterable[SoundPacket], samples: int, path: Path) -> None:
    """Write them as they come. OSError for the disk."""
    digest = sha256()
    with path.open("wb") as file:

        def write(data: bytes) -> None:
            digest.update(data)
            file.write(data)

        write(HEAD.pack(MAGIC, VERSION, samples))
        for pts, duration, data in packets:
            write(RECORD.pack(pts, duration, len(data)))
            write(data)
        file.write(digest.digest())
