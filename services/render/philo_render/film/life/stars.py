"""Stars of the painting that twinkle: they stay where the sky carries them, their light comes and goes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from philo_render.film.camera import View
from philo_render.film.dabs import dots
from philo_render.film.format import Format
from philo_render.film.planes import U8


class Stars:
    """`places` are shares of the picture's width and height."""

    def __init__(self, places: Sequence[tuple[float, float]], format_: Format, seed: int) -> None:
        chance = np.random.default_rng((seed, 4))
        self.format, self.places = format_, np.asarray(places, np.float64).reshape(-1, 2)
        self.phase, self.pace = chance.uniform(0, 6.3, len(places)), chance.uniform(1.2, 3.0, len(places))
        self.radius = np.full(len(places), format_.short_side * 0.0016 + 0.3, np.float32)

    def draw(self, luma: U8, seconds: float, seen: View) -> None:
        """Right after the sky, before anything can stand in front of it."""
        x = (self.places[:, 0] - seen.left) / seen.extent * self.format.width
        y = (self.places[:, 1] - seen.top) / seen.extent * self.format.height
        light = 0.25 + 0.25 * np.sin(self.pace * seconds + self.phase)
        dots(luma, x, y, self.radius, np.asarray(light, np.float32))
