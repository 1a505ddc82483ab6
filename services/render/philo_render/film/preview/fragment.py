"""A run of samples of each track as `moof` and `mdat`, with absolute times (ISO/IEC 14496-12)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

from philo_render.film.preview.boxes import box, full_box, words

KEY, DEPENDENT = 0x02000000, 0x01010000
"""Flags of a sample: it needs no other; it needs others, and nobody can start there."""

FROM_MOOF = 0x020000
"""`tfhd`: offsets count from the `moof`, so a part is the same wherever it lies."""

DETAILED = 0xF01
"""`trun`: an offset, and of every sample the duration, size, flags and shift."""

ROW = struct.Struct(">IIII")


class Sample(NamedTuple):
    """`duration` and `shift`, from decoding to showing, in its track's ticks."""

    duration: int
    flags: int
    shift: int
    data: bytes


class Run(NamedTuple):
    """Samples of one track without a gap; `start` is the first one's decoding time in the film."""

    track: int
    start: int
    samples: Sequence[Sample]


def fragment(number: int, runs: Sequence[Run]) -> bytes:
    """`number` grows from part to part. The offsets within say how long the `moof` is: it is laid out once to learn."""
    length = len(_moof(number, runs, 0))
    data = (sample.data for run in runs for sample in run.samples)
    return _moof(number, runs, length + 8) + box("mdat", *data)


def _moof(number: int, runs: Sequence[Run], offset: int) -> bytes:
    boxes = [full_box("mfhd", 0, 0, words(number))]
    for run in runs:
        boxes.append(_track(run, offset))
        offset += sum(len(sample.data) for sample in run.samples)
    return box("moof", *boxes)


def _track(run: Run, offset: int) -> bytes:
    rows = (ROW.pack(duration, len(data), flags, shift) for duration, flags, shift, data in run.samples)
    return box(
        "traf",
        full_box("tfhd", 0, FROM_MOOF, words(run.track)),
        full_box("tfdt", 1, 0, struct.pack(">Q", run.start)),
        full_box("trun", 0, DETAILED, words(len(run.samples), offset), *rows),
    )
