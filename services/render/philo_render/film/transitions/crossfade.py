"""Both pictures drift the same way while one dissolves into the other."""

from __future__ import annotations

from philo_render.film.planes import Planes
from philo_render.film.raster import mix


def draw(out: Planes, former: Planes, share: float) -> None:
    mix(out, former, share)
