"""The former picture sinks into the night, and the new one comes out of it."""

from __future__ import annotations

import numpy as np

from philo_render.film.camera import smooth
from philo_render.film.planes import Planes
from philo_render.film.raster import colour, dim

NIGHT = colour(10, 13, 24)


def draw(out: Planes, former: Planes, share: float) -> None:
    if share < 0.5:
        for plane, old in zip(out, former, strict=True):
            np.copyto(plane, old)
    dim(out, NIGHT, smooth(1.0 - abs(2.0 * share - 1.0)))
