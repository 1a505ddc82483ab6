"""Taking up a voice or a piece of music: it is decoded once, and its loudness measured as it passes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from philo_render.film.sound.listening import Source, heard
from philo_render.film.sound.loudness import Meter, integrated
from philo_render.film.sound.pcm import RATE, Line, Sound, decibels
from philo_render.film.sound.tape import Take, Tape

HOP = RATE // 100


class Recording(NamedTuple):
    """`power` is the K-weighted power of every 10 ms."""

    take: Take
    power: Line

    def gain(self, target: float) -> float:
        """The factor that makes it `target` LUFS loud; 1 for silence and for what is too short to measure."""
        loud = integrated(self.power, HOP)
        return decibels(target - loud) if math.isfinite(loud) else 1.0


def recorded(source: Source, channels: int, tape: Tape) -> Recording:
    """BrokenFilmError as of `heard`."""
    meter = Meter(channels, HOP)

    def measured() -> Iterator[Sound]:
        for block in heard(source, channels):
            meter.add(block)
            yield block

    take = tape.record(measured(), channels)
    return Recording(take, meter.finish())
