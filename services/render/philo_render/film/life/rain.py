"""Slanting streaks of rain: each a soft line along its fall."""

from __future__ import annotations

import numpy as np

from philo_render.film.dabs import bell, near, toward
from philo_render.film.format import Format
from philo_render.film.planes import Planes

WORDS = frozenset({"rain", "raining", "rainy", "storm", "drizzle", "downpour", "雨", "下雨", "暴雨", "风暴"})

COUNT = 36
_FALL = 1.15  # heights a second, of a near drop
_SLANT = 0.16  # pixels aside for each pixel down
_SPAN = 1.25


class Life:
    def __init__(self, format_: Format, seed: int) -> None:
        chance = np.random.default_rng((seed, 2))
        self.format = format_
        near_ = chance.uniform(0.4, 1.0, COUNT).astype(np.float32)
        self.x, self.y = chance.uniform(0, 1.2, COUNT), chance.uniform(0, _SPAN, COUNT)
        self.pace = _FALL * near_ * chance.uniform(0.9, 1.15, COUNT)
        self.radius = np.asarray(format_.short_side * 0.0012 * near_ + 0.35, np.float32)
        self.share = np.asarray(0.10 + 0.16 * near_, np.float32)
        self.along = np.arange(round(0.075 * format_.height), dtype=np.float32)
        self.fading = np.sin(np.pi * (self.along + 0.5) / len(self.along)).astype(np.float32)

    def draw(self, out: Planes, seconds: float) -> None:
        width, height = self.format.width, self.format.height
        down = (self.y + seconds * self.pace) % _SPAN - 0.12
        first = np.floor(down * height)
        rows = first[:, None] + self.along
        centres = (self.x * width)[:, None] - rows * _SLANT
        columns, aside = near(centres, int(np.ceil(2 * float(self.radius.max()))))
        shape = bell(aside, self.radius) * (self.fading * self.share[:, None])[..., None]
        toward(out.y, rows.astype(np.intp)[..., None], columns, shape, 225)
