"""What a finished MP4 really is, read from its packets and not from its promises."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
from philo_contracts.shapes import Value

from philo_render.film.faults import BrokenFilmError


class Probe(Value):
    """Times are seconds. `steps` are the different distances of neighbouring pictures: one, if the clock is even."""

    width: int
    height: int
    fps: Fraction
    frames: int
    video_codec: str
    profile: str
    steps: tuple[Fraction, ...]
    video_start: float
    video_end: float
    key_frames: tuple[int, ...]
    audio_codec: str
    rate: int
    channels: int
    audio_start: float
    audio_end: float
    colour: tuple[int, int, int, int]
    """Primaries, transfer, matrix, range; (1, 1, 1, 1) is BT.709, limited."""
    faststart: bool
    title: str
    chapters: tuple[str, ...]


def probe(path: Path) -> Probe:
    """Read all packets of the first video and audio stream; BrokenFilmError if one is absent."""
    with av.open(path) as film:
        if not film.streams.video or not film.streams.audio:
            raise BrokenFilmError(f"{path.name} lacks a video or an audio stream.")
        video, audio = film.streams.video[0], film.streams.audio[0]
        shown: list[tuple[Fraction, bool]] = []
        ends: dict[int, Fraction] = {}
        starts: dict[int, Fraction] = {}
        for packet in film.demux(video, audio):
            if packet.pts is None or packet.time_base is None:
                continue
            at, stream = packet.pts * packet.time_base, packet.stream_index
            starts[stream] = min(starts.get(stream, at), at)
            ends[stream] = max(ends.get(stream, at), at + (packet.duration or 0) * packet.time_base)
            if stream == video.index:
                shown.append((at, packet.is_keyframe))
        shown.sort()
        codec = video.codec_context
        return Probe(
            width=codec.width,
            height=codec.height,
            fps=video.average_rate or Fraction(0),
            frames=len(shown),
            video_codec=codec.name,
            profile=codec.profile or "",
            steps=tuple(sorted({after - before for (before, _), (after, _) in pairwise(shown)})),
            video_start=float(starts[video.index]),
            video_end=float(ends[video.index]),
            key_frames=tuple(number for number, (_, key) in enumerate(shown) if key),
            audio_codec=audio.codec_context.name,
            rate=audio.codec_context.sample_rate,
            channels=audio.codec_context.channels,
            audio_start=float(starts[audio.index]),
            audio_end=float(ends[audio.index]),
            colour=(codec.color_primaries, codec.color_trc, codec.colorspace, codec.color_range),
            faststart=_index_first(path),
            title=film.metadata.get("title", ""),
            chapters=tuple(chapter["metadata"].get("title", "") for chapter in film.chapters()),
        )


def _index_first(path: Path) -> bool:
    boxes = list(_boxes(path))
    return "moov" in boxes and "mdat" in boxes and boxes.index("moov") < boxes.index("mdat")


def _boxes(path: Path) -> Iterator[str]:
    """Names of the file's outer boxes in order (ISO/IEC 14496-12)."""
    with path.open("rb") as file:
        while len(head := file.read(8)) == 8:
            size, name = struct.unpack(">I4s", head)
            read = 8
            if size == 1:
                size, read = struct.unpack(">Q", file.read(8))[0], 16
            yield name.decode("latin-1")
            if size == 0:
                return
            file.seek(size - read, 1)
