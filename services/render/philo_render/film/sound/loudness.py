"""How loud a sound is (ITU-R BS.1770-4: K-weighted, gated), measured while it passes."""

from __future__ import annotations

import math
from array import array

import numpy as np
from numpy.typing import NDArray

from philo_render.film.sound.pcm import RATE, Line, Sound
from philo_render.film.sound.weighting import Weighting

STEP = RATE // 10
"""Samples between the beginnings of two gating blocks; a block has four times as many."""
OVERLAP = 4
SILENCE, BACKGROUND = -70.0, -10.0
"""The gates: LUFS, and LU against what passes the first."""
OFFSET = -0.691
"""Makes a full-scale tone of 997 Hz in one channel -3.01 LUFS."""


class Meter:
    """Takes a sound block by block, keeps its K-weighted power a hop: the mean square, channels added."""

    def __init__(self, channels: int, hop: int) -> None:
        """`hop` is a number of samples that divides `STEP`."""
        self.weighting, self.hop = Weighting(channels), hop
        self.rest = np.zeros(0)
        self.powers = array("f")  # one piece: many small ones would hold apart what is freed around them

    def add(self, block: Sound) -> None:
        squares = np.concatenate([self.rest, (self.weighting(block) ** 2).sum(axis=0)])
        whole = squares.size // self.hop * self.hop
        self._keep(squares[:whole].reshape(-1, self.hop).mean(axis=1))
        self.rest = squares[whole:]

    def finish(self) -> Line:
        """The power of every hop; the last one may be shorter than the others."""
        if self.rest.size:
            self._keep(self.rest.mean(keepdims=True))
        return np.array(self.powers, np.float32)

    def _keep(self, powers: NDArray[np.float64]) -> None:
        self.powers.frombytes(powers.astype(np.float32).tobytes())


def integrated(power: Line, hop: int) -> float:
    """The loudness of a sound with this K-weighted power a hop, LUFS; -inf for silence and for less than 0.4 s."""
    each = STEP // hop
    steps = power[: power.size // each * each].reshape(-1, each).mean(axis=1, dtype=np.float64)
    if steps.size < OVERLAP:
        return -math.inf
    blocks = np.convolve(steps, np.full(OVERLAP, 1 / OVERLAP), "valid")
    heard = blocks[blocks > _power(SILENCE)]
    if not heard.size:
        return -math.inf
    return _lufs(heard[heard > heard.mean() * 10 ** (BACKGROUND / 10)])


def loudness(sound: Sound) -> float:
    """Integrated loudness in LUFS; -inf for silence and for less than 0.4 s."""
    meter = Meter(sound.shape[0], STEP)
    for start in range(0, sound.shape[1], 10 * RATE):
        meter.add(sound[:, start : start + 10 * RATE])
    return integrated(meter.finish(), STEP)


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET) / 10))


def _lufs(powers: NDArray[np.float64]) -> float:
    return OFFSET + 10 * math.log10(powers.mean())
