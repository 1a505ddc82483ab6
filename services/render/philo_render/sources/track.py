"""An uploaded track, measured: how long it lasts, and that something is heard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from av.container import InputContainer

from philo_render.sources.faults import TrackError
from philo_render.sources.kinds import head_of, kind

SHORTEST = 1.0
LONGEST = 2 * 3600
"""Seconds. No film is longer; what is behind is not measured."""
RATE = 16_000
QUIET = 0.001
"""Of the full scale: what stays below is silence."""
BRING = "Upload an MP3, M4A, FLAC, WAV or Ogg file."


class TrackFacts(NamedTuple):
    """Seconds, and the name of its codec."""

    duration: float
    codec: str


def measured(path: Path) -> TrackFacts:
    """Any file with sound in it, by decoding that. Of one that breaks off, what is heard before. Raises TrackError."""
    try:
        with av.open(path, "r") as file:
            if not file.streams.audio:
                raise _silent()
            codec = file.streams.audio[0].codec_context.name
            samples, peak = _heard(file)
    except (av.FFmpegError, ValueError) as error:
        words = f"This is {kind(head_of(path))}, and no sound that can be read. {BRING}"
        raise TrackError("track_unreadable", words) from error
    if samples < SHORTEST * RATE:
        words = f"The track lasts {samples / RATE:.1f} seconds; it has to last {SHORTEST:g} or more."
        raise TrackError("track_too_short", words)
    if peak < QUIET:
        raise _silent()
    return TrackFacts(samples / RATE, codec)


def _silent() -> TrackError:
    return TrackError("track_silent", f"Nothing is heard in this file. {BRING}")


def _heard(file: InputContainer) -> tuple[int, float]:
    """Samples at RATE, and the loudest of them, 0..1."""
    resampler = av.AudioResampler("flt", "mono", RATE)
    samples, peak = 0, 0.0
    for frame in _frames(file):
        for block in resampler.resample(frame):
            samples += block.samples
            peak = max(peak, float(np.abs(np.nan_to_num(block.to_ndarray())).max(initial=0)))
        if samples > LONGEST * RATE:
            break
    return samples, peak


def _frames(file: InputContainer) -> Iterator[av.AudioFrame | None]:
    """Damaged packets are left out, as players do; None at the end."""
    for packet in file.demux(audio=0):
        with suppress(av.error.InvalidDataError):
            yield from (frame for frame in packet.decode() if isinstance(frame, av.AudioFrame))
    yield None
