"""How much film there is in a file: by its index where it has one, else by its packets; nothing is decoded."""

from __future__ import annotations

import struct
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from philo_render.film.spool import packets

WHOLE = 0.9
"""Share of the promised pictures below which a file has been cut off."""

UNEVEN = 0.1
"""Share by which a promised frame rate may be off before the clock is believed instead."""


class Extent(NamedTuple):
    """Pictures that are there, those that the header promises, and the seconds and pictures a second of the former."""

    frames: int
    promised: int
    seconds: float
    fps: float

    @property
    def torn(self) -> bool:
        return self.frames < WHOLE * self.promised


def extent(container: InputContainer, stream: VideoStream, size_bytes: int) -> Extent:
    """Of the film in a file of `size_bytes`. Raises nothing: what cannot be read is not there."""
    entries = stream.index_entries
    if stream.frames and len(entries) >= stream.frames:
        frames = sum(one.pos + one.size <= size_bytes for one in entries)
        with suppress(av.FFmpegError):  # then the whole of it is read, which only takes longer
            container.seek(stream.duration or 0, stream=stream)
        _, seconds = _read(container, stream)
    else:
        frames, seconds = _read(container, stream)
    return Extent(frames, max(stream.frames, frames), seconds, _rate(stream, frames, seconds))


def _read(container: InputContainer, stream: VideoStream) -> tuple[int, float]:
    """The packets from here on: how many, and the second at which the last picture of them ends."""
    frames = end = 0
    for packet in packets(container, stream):
        if packet.size and packet.dts is not None:
            frames, end = frames + 1, max(end, (packet.pts or packet.dts) + (packet.duration or 0))
    return frames, max(0.0, end * float(stream.time_base or 0) - (container.start_time or 0) / 1_000_000)


def _rate(stream: VideoStream, frames: int, seconds: float) -> float:
    promised = float(stream.average_rate or 0)
    counted = frames / seconds if seconds else promised
    return promised if abs(promised - counted) <= UNEVEN * counted else counted


def broken_off(path: Path) -> bool:
    """Whether a file is shorter than its outer boxes say (ISO/IEC 14496-12, 4.2; RIFF)."""
    size, place = path.stat().st_size, 0
    with path.open("rb") as file:
        head = file.read(8)
        if head[:4] == b"RIFF":
            return int.from_bytes(head[4:], "little") + 8 > size
        while place < size:
            file.seek(place)
            length, name, large = struct.unpack(">I4sQ", file.read(16).ljust(16, b"\0"))
            if not name.isalnum() or length == 0:
                return False
            place += max(8, large if length == 1 else length)
    return place > size
