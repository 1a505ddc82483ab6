"""Beat tracking by dynamic programming, after D. Ellis, Beat Tracking by Dynamic Programming (2007)."""

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.tracks.features import FRAMES_A_SECOND

SLOWEST, FASTEST, USUAL = 50.0, 200.0, 115.0
"""Beats a minute."""
OCTAVES = 0.9
"""How far from the usual tempo one may be, as the width of a bell."""
TIGHT = 100.0
CLEAR = 0.12
"""Autocorrelation at the beat, of all, from which there is one at all."""

Line = NDArray[np.float64]
Moments = NDArray[np.intp]


def _similar_to_itself(onsets: Line) -> Line:
    """Autocorrelation by lag, 1 at none."""
    size = 2 * len(onsets)
    centred = onsets - onsets.mean()
    power = np.abs(np.fft.rfft(centred, size)) ** 2
    found = np.fft.irfft(power)[: len(onsets)]
    return np.asarray(found / max(found[0], 1e-9))


def period(onsets: Line) -> float | None:
    """Moments between two beats, or None where nothing beats."""
    lags = np.arange(int(60 * FRAMES_A_SECOND / FASTEST), int(60 * FRAMES_A_SECOND / SLOWEST))
    if len(onsets) < 4 * lags[-1]:
        return None
    own = _similar_to_itself(onsets)
    likely = np.exp(-0.5 * (np.log2(60 * FRAMES_A_SECOND / lags / USUAL) / OCTAVES) ** 2)
    best = int(lags[np.argmax((own[lags] + 0.5 * own[2 * lags]) * likely)])
    if own[best] < CLEAR:
        return None
    # the multiples of a beat tell its length more finely than the beat itself
    fine = np.arange(best - 0.5, best + 0.5, 0.02)
    turns = np.arange(1, min(16, len(own) // (best + 1)))
    return float(fine[np.argmax([own[np.round(turns * lag).astype(int)].sum() for lag in fine])])


def beats(onsets: Line) -> Moments:
    """Moments of the beats, in order; none where nothing beats."""
    between = period(onsets)
    if between is None:
        return np.zeros(0, np.intp)
    score, before = _chains(onsets, between)
    last = len(score) - int(between) + int(np.argmax(score[-int(between) :]))
    found = [last]
    while before[found[-1]] >= 0:
        found.append(int(before[found[-1]]))
    return np.array(found[::-1], np.intp)


def _chains(onsets: Line, between: float) -> tuple[Line, Moments]:
    """The best chain of beats that ends at each moment: its score, and the beat before."""
    steps = np.arange(-round(2 * between), -round(between / 2) + 1)
    price = -TIGHT * np.log(-steps / between) ** 2
    score, before = onsets.astype(np.float64), np.full(len(onsets), -1, np.intp)
    for at in range(-int(steps[0]), len(onsets)):
        chains = score[at + steps] + price
        best = int(chains.argmax())
        score[at] += chains[best]
        before[at] = at + steps[best]
    return score, before
