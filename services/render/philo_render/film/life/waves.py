"""Waves that rise and sink, near ones more; no two in step."""

from __future__ import annotations

import math

from philo_render.film.dolly import Drift


def drift(number: int, seconds: float) -> Drift:
    """The first group of waves is the farthest."""
    height, period, phase = 0.0012 + 0.0014 * number, 5.3 - 0.5 * number, 1.9 * number
    turn = math.tau * seconds / period + phase
    return Drift(down=height * (math.sin(turn) + 0.6 * math.sin(turn / 1.7 + phase)))
