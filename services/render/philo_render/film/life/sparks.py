"""Glowing specks that rise and wander: fireflies, embers, dust in a lamp's light."""

from __future__ import annotations

import numpy as np

from philo_render.film.dabs import dots
from philo_render.film.format import Format
from philo_render.film.planes import Planes

WORDS = frozenset({"fireflies", "firefly", "embers", "sparks", "lanterns", "campfire", "萤火虫", "火花", "篝火"})

COUNT = 22
_RISE = 0.016  # heights a second
_LOWEST = 0.74
_WARM = (110, 142)
"""U and V of lamp light."""


class Life:
    def __init__(self, format_: Format, seed: int) -> None:
        chance = np.random.default_rng((seed, 3))
        self.format = format_
        self.x, self.y = chance.uniform(0.02, 0.98, COUNT), chance.uniform(0, 1, COUNT)
        self.phase, self.pace = chance.uniform(0, 6.3, COUNT), chance.uniform(0.7, 1.4, COUNT)
        size = chance.uniform(0.0012, 0.0026, COUNT) * format_.short_side
        self.core, self.halo = (np.asarray(size * k + 0.4, np.float32) for k in (1.0, 3.2))

    def draw(self, out: Planes, seconds: float) -> None:
        rising = (self.y + seconds * _RISE * self.pace) % 1.0
        y = (0.10 + (_LOWEST - 0.10) * (1.0 - rising)) * self.format.height
        x = (self.x + 0.010 * np.sin(0.7 * self.pace * seconds + self.phase)) * self.format.width
        ends = np.sin(np.pi * rising) ** 0.5  # they come and go, none jumps
        light = ends * (0.62 + 0.38 * np.sin(1.9 * self.pace * seconds + 3 * self.phase))
        share = np.asarray(np.clip(light, 0, 1), np.float32)
        dots(out.y, x, y, self.halo, share * np.float32(0.26), 210)
        dots(out.y, x, y, self.core, share * np.float32(0.95))
        for plane, tint in zip((out.u, out.v), _WARM, strict=True):
            dots(plane, x / 2, y / 2, self.halo * np.float32(0.5), share * np.float32(0.5), tint)
