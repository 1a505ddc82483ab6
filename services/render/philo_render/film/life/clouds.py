"""Clouds that drift with the wind."""

from __future__ import annotations

from philo_render.film.dolly import Drift

_WIND = 0.006  # widths a second


def drift(_number: int, seconds: float) -> Drift:
    return Drift(across=_WIND * seconds)
