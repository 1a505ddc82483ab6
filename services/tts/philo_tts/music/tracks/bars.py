"""Bars that sound alike: the beats between which a track can turn back."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.tracks.features import Matrix

AROUND: Final = 4
"""Beats before and behind a seam that have to be alike."""
ALIKE: Final = 0.25
"""Cosine from which they are."""
LONGER_IS_BETTER: Final = 0.4
SHORTEST_SHARE: Final = 0.2
"""Of the track, that a turn goes back at least."""
FEWEST: Final = 16
"""Beats of a track that can be turned at a bar."""

Likeness = NDArray[np.float32]


class Turn(NamedTuple):
    """Numbers of two beats: what comes at `end` sounds as at `start`."""

    start: int
    end: int
    alike: float


def _by_beat(colours: Matrix, moments: NDArray[np.intp]) -> Matrix:
    """Mean colour of every beat but the last, of unit spread and length."""
    sums = np.add.reduceat(colours, moments, axis=0)[:-1]
    found = sums / np.diff(moments)[:, None]
    found = (found - found.mean(axis=0)) / (found.std(axis=0) + 1e-6)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6))


def _likeness(by_beat: Matrix) -> Likeness:
    """How alike the surroundings of any two beats are; the first and last AROUND beats have none."""
    own = by_beat @ by_beat.T
    size = len(own) - 2 * AROUND
    return np.asarray(sum(own[k : k + size, k : k + size] for k in range(2 * AROUND)) / (2 * AROUND), np.float32)


def beats_a_bar(alike: Likeness) -> int:
    """Three or four, by which of them a track repeats itself more."""
    by_lag = {lag: float(np.diagonal(alike, lag).mean()) for lag in range(1, min(25, len(alike)))}

    def strength(beats: int) -> float:
        return float(np.mean([by_lag[lag] for lag in by_lag if lag % beats == 0 and lag % 12]))

    return 3 if strength(3) > strength(4) + 0.1 else 4


def _unevenness(moments: NDArray[np.intp]) -> Likeness:
    """By how many beats the time between any two differs from what their number says: there the tracker slipped."""
    beat = np.arange(len(moments))
    place = moments / np.polyfit(beat, moments, 1)[0] - beat
    return np.asarray(np.minimum(0.5, np.abs(place[None] - place[:, None])), np.float32)


def best_turn(colours: Matrix, moments: NDArray[np.intp], body: int) -> Turn | None:
    """The turn that sounds best and goes back furthest; it ends before the moment `body`. None if none sounds well."""
    moments = moments[moments < body]
    if len(moments) < FEWEST + 2 * AROUND:
        return None
    alike = _likeness(_by_beat(colours, moments))
    beats = np.arange(len(alike))
    lag = beats[None] - beats[:, None]
    shortest = max(FEWEST // 2, SHORTEST_SHARE * len(beats))
    fits = (lag >= shortest) & (lag % beats_a_bar(alike) == 0) & (alike >= ALIKE)
    worth = alike + LONGER_IS_BETTER * lag / len(beats) - _unevenness(moments[AROUND:-AROUND][: len(beats)])
    worth = np.where(fits, worth, -1)
    start, end = np.unravel_index(int(worth.argmax()), worth.shape)
    if worth[start, end] < 0:
        return None
    return Turn(int(start) + AROUND, int(end) + AROUND, float(alike[start, end]))
