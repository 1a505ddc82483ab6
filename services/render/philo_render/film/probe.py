"""What a finished MP4 really is, read from its packets and not from its promises."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import av
from av.stream import Stream

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
        packets = list(film.demux(video, audio))
        pictures, sounds = _track(packets, video), _track(packets, audio)
        codec, heard = video.codec_context, audio.codec_context
        return Probe(
            width=codec.width,
            height=codec.height,
            fps=video.average_rate or Fraction(0),
            frames=len(pictures.times),
            video_codec=codec.name,
            profile=codec.profile or "",
            steps=tuple(sorted({after - before for before, after in pairwise(pictures.times)})),
            video_start=float(pictures.times[0]),
            video_end=float(pictures.end),
            key_frames=pictures.keys,
            audio_codec=heard.name,
            rate=heard.sample_rate,
            channels=heard.channels,
            audio_start=float(sounds.times[0]),
            audio_end=float(sounds.end),
            colour=(codec.color_primaries, codec.color_trc, codec.colorspace, codec.color_range),
            faststart=_index_first(path),
            title=film.metadata.get("title", ""),
            chapters=tuple(chapter["metadata"].get("title", "") for chapter in film.chapters()),
        )


class _Track(NamedTuple):
    """One stream in showing order: times in seconds, numbers of its key frames, where it ends."""

    times: tuple[Fraction, ...]
    keys: tuple[int, ...]
    end: Fraction


def _track(packets: Sequence[av.Packet[Stream]], stream: Stream) -> _Track:
    shown = []
    for packet in packets:
        if packet.stream_index == stream.index and packet.pts is not None and packet.time_base is not None:
            start, length = packet.pts * packet.time_base, (packet.duration or 0) * packet.time_base
            shown.append((start, start + length, packet.is_keyframe))
    if not shown:
        raise BrokenFilmError(f"The {stream.type} stream is empty.")
    shown.sort()
    keys = tuple(number for number, (_, _, key) in enumerate(shown) if key)
    return _Track(tuple(start for start, _, _ in shown), keys, max(end for _, end, _ in shown))


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
