"""Samples as a film knows them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
"""Samples a second, everywhere in a film."""

Sound = NDArray[np.float32]
"""(channels, samples) at 48 kHz; full scale is 1. A film's sound has two channels."""

Line = NDArray[np.float32]
"""A value for every hop (a fixed number of samples) of a sound."""


def decibels(value: float) -> float:
    """Decibels -> factor."""
    return float(10 ** (value / 20))


def along(line: Line, hop: int, start: int, end: int) -> Line:
    """`line` for each sample from `start` to `end`: straight from the middle of one hop (of even length) to the next."""
    first, last = (start - hop // 2) // hop, (end - 1 - hop // 2) // hop
    knots = line[np.clip(np.arange(first, last + 2), 0, line.size - 1)]
    share = (np.arange(hop, dtype=np.float32) + 0.5) / hop
    values = knots[:-1, None] + np.diff(knots)[:, None] * share
    begin = start - (first * hop + hop // 2)
    return np.asarray(values.reshape(-1)[begin : begin + end - start], np.float32)
