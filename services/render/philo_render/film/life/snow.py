"""Flakes that sink and sway, near ones larger and faster."""

from __future__ import annotations

import numpy as np

from philo_render.film.dabs import dots
from philo_render.film.format import Format
from philo_render.film.planes import Planes

WORDS = frozenset({"snow", "snowing", "snowfall", "blizzard", "winter storm", "雪", "下雪", "大雪"})

COUNT = 80
_SINK = 0.062  # heights a second, of a near flake
_OUTSIDE = 0.03  # how far beyond the frame a flake lives, a share of its sides


class Life:
    """Few flakes: each costs bytes in every frame."""

    def __init__(self, format_: Format, seed: int) -> None:
        chance = np.random.default_rng((seed, 1))
        self.format = format_
        self.near = chance.uniform(0.3, 1.0, COUNT).astype(np.float32)
        self.x, self.y = chance.uniform(0, 1, (2, COUNT))
        self.phase, self.pace = chance.uniform(0, 6.3, COUNT), chance.uniform(0.8, 1.2, COUNT)
        self.radius = np.asarray(format_.short_side * 0.0042 * self.near + 0.4, np.float32)
        self.share = np.asarray(0.30 + 0.50 * self.near, np.float32)

    def draw(self, out: Planes, seconds: float) -> None:
        y = self.y + seconds * _SINK * self.near * self.pace
        x = self.x + 0.012 * np.sin(0.9 * seconds + self.phase) + 0.010 * seconds * self.near
        across, down = ((v % (1 + 2 * _OUTSIDE)) - _OUTSIDE for v in (x, y))
        dots(out.y, across * self.format.width, down * self.format.height, self.radius, self.share)
