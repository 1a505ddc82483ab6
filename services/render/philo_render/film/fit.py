"""How a stretch of footage fills a scene of another length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from philo_contracts.shapes import Value

SLOWEST = 0.6
"""Slower than this, people look drugged: it is shown again from its beginning instead."""

STUB = 0.6
"""Share of the stretch that must have been seen before a cut in it may end the loop."""


class Fit(Value):
    """The decision: `rate` is the speed (1: as it was filmed), `piece` the seconds of footage shown before it ends or
    begins again."""

    mode: Literal["trimmed", "slowed", "looped"]
    rate: float
    piece: float

    def moment(self, seconds: float) -> float:
        """Seconds after the scene's start -> seconds after the stretch's start."""
        played = max(0.0, seconds) * self.rate
        return played % self.piece if self.mode == "looped" else min(played, self.piece)


def fit(span_seconds: float, scene_seconds: float, cuts: Sequence[float] = ()) -> Fit:
    """Longer footage is trimmed, a little shorter is slowed, much shorter is looped.

    `cuts` are the seconds (after the stretch's start) at which the footage itself cuts to another shot: a loop begins
    again at the last of them, so that the leap is one cut and no stub of a shot flashes by before it.
    """
    if span_seconds >= scene_seconds:
        return Fit(mode="trimmed", rate=1.0, piece=scene_seconds)
    if span_seconds >= SLOWEST * scene_seconds:
        return Fit(mode="slowed", rate=span_seconds / scene_seconds, piece=span_seconds)
    late = [cut for cut in cuts if STUB * span_seconds <= cut < span_seconds]
    return Fit(mode="looped", rate=1.0, piece=max(late, default=span_seconds))
