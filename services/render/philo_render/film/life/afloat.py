"""What floats goes up and down with the water round it."""

from __future__ import annotations

import math

from philo_render.film.dolly import Drift


def drift(_number: int, seconds: float) -> Drift:
    turn = math.tau * seconds / 4.9
    return Drift(across=0.0009 * math.sin(0.6 * turn + 1.0), down=0.0030 * math.sin(turn))
