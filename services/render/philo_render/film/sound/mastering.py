"""One loudness for all films: measured over the whole mix, then reached without a peak that is too high."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from philo_render.film.sound.limiter import limits
from philo_render.film.sound.loudness import Meter, integrated
from philo_render.film.sound.pcm import RATE, Line, Sound, decibels
from philo_render.film.sound.peaks import BLOCK, REACH, peaks

LOUDNESS = -16.0
"""LUFS, integrated."""
CEILING = -1.9
"""dBTP; AAC adds a little, and the film must stay below -1.5."""
NEAR = 0.02
"""LU."""
SPAN = 2 * RATE
"""Samples that are measured at once: whole blocks."""

Part = Callable[[int, int], Sound]
"""The samples (2, end - start) of a sound from one to another."""


def mastered(part: Part, samples: int) -> Line | None:
    """The factor for each block of 64 samples that makes this sound as loud as it shall be; None for silence.

    What the limiter takes away is made good. Its gain moves slowly (30 ms) against the K-weighting (some ms), so the
    power of a block falls as its gain does, and the sound need not be measured again.
    """
    power, high = _measured(part, samples)
    start = LOUDNESS - integrated(power, BLOCK)
    if not math.isfinite(start):
        return None
    gain, ceiling = decibels(start), decibels(CEILING)
    for _ in range(12):
        line = limits(high, ceiling, gain)
        short = LOUDNESS - integrated(power * line**2, BLOCK)
        if abs(short) < NEAR:
            break
        gain *= decibels(short)
    return line


def _measured(part: Part, samples: int) -> tuple[Line, Line]:
    """K-weighted power and true peak of every block."""
    meter, high = Meter(2, BLOCK), np.zeros(-(-samples // BLOCK), np.float32)
    for start in range(0, samples, SPAN):
        end = min(samples, start + SPAN)
        first, last = max(0, start - REACH), min(samples, end + REACH)
        around = part(first, last)
        meter.add(around[:, start - first : end - first])
        beyond = (REACH - (start - first), REACH - (last - end))
        high[start // BLOCK : -(-end // BLOCK)] = peaks(np.pad(around, ((0, 0), beyond)))
    return meter.finish(), high
