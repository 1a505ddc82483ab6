"""Playing a sample at another pitch."""

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.envelope import oscillation
from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.rate import RATE
from philo_tts.music.sound.samples import Sample, Samples
from philo_tts.music.sound.zone import Wobble, Zone

SHORTEST_LOOP = 8
VIBRATO_ROOM = 1.02
"""How much further into the sample a vibrato may read."""
MARGIN = 4
"""Frames beside the last position that interpolation may touch."""


def pitched(samples: Samples, zone: Zone, key: int, frames: int) -> Wave:
    """Up to `frames` frames of a zone's sample at the pitch of a key, looped where the zone asks for it."""
    header = samples.get(zone.sample, 0)
    root = zone.root if zone.root >= 0 else header.root
    step = header.rate / RATE * 2 ** (((key - root) * zone.scale + zone.cents + header.cents) / 1200)
    wanted = int(frames * step * VIBRATO_ROOM) + MARGIN
    source = _unrolled(samples.get(zone.sample, 0 if zone.loop else wanted), zone, wanted)
    positions = _positions(step, zone.vibrato, frames)
    return _interpolated(source, positions[: np.searchsorted(positions, len(source) - MARGIN)])


def _unrolled(sample: Sample, zone: Zone, wanted: int) -> Wave:
    """The sample with its loop repeated until it is long enough."""
    if zone.loop is None:
        return sample.wave[:wanted]
    start = max(0, sample.loop[0] + zone.loop[0])
    end = min(len(sample.wave), sample.loop[1] + zone.loop[1])
    if end - start <= SHORTEST_LOOP:
        return sample.wave[:wanted]
    turns = max(0, -(-(wanted - end) // (end - start)))
    return np.concatenate((sample.wave[:end], np.tile(sample.wave[start:end], turns)))[:wanted]


def _positions(step: float, vibrato: Wobble | None, frames: int) -> NDArray[np.float64]:
    """Where in the sample every frame is read."""
    if vibrato is None:
        return np.arange(frames, dtype=np.float64) * step
    return np.cumsum(step * np.exp2(oscillation(vibrato, frames) / 1200)) - step


def _interpolated(source: Wave, positions: NDArray[np.float64]) -> Wave:
    """Cubic Hermite interpolation between four neighbours."""
    whole = positions.astype(np.intp)
    part = (positions - whole).astype(np.float32)
    padded = np.concatenate((source[:1], source))
    before, here, after, beyond = (padded[k : len(padded) - 3 + k].take(whole, mode="clip") for k in range(4))
    slope = after - before
    bow = 2 * before - 5 * here + 4 * after - beyond
    rest = 3 * (here - after) + beyond - before
    return here + np.float32(0.5) * part * (slope + part * (bow + part * rest))
