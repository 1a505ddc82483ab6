"""What a backdrop is given to paint with."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np

from philo_contracts.shapes import Aspect
from philo_render.pictures.composition import Composition, Size
from philo_render.pictures.painting.canvas import Canvas, Shadow
from philo_render.pictures.painting.noise import Rng, noise_line
from philo_render.pictures.palette import Palette, palette

FEET = 0.785
"""Where feet stand in the design, a share of the height. Below 0.80 there is only calm, dark paper."""
_TALL_FEET = 0.66  # in tall films subtitles sit higher, above the phone's own buttons


class Stage:
    """Canvas, palette and dice of one picture. Backdrops are designed for 16:9; `x`, `y` and `side` carry them over."""

    def __init__(self, plan: Composition, size: Size, lamplit: bool = False, *, deep: bool = False) -> None:
        self.plan = plan
        self.lamplit = lamplit
        self.canvas = Canvas(*size, deep=deep)
        self.life: list[str] = []
        self.palette: Palette = palette(plan.palette)
        self.rng: Rng = np.random.default_rng(plan.seed)
        self.width, self.height, self.unit = self.canvas.width, self.canvas.height, self.canvas.unit
        self.tall = plan.aspect is Aspect.TALL
        self.left = plan.left
        self.dark = self.palette.dark
        self.sun = (self.side(0.70 + self.rng.uniform(-0.06, 0.06)), self.y(self.rng.uniform(0.20, 0.30)))

    @property
    def foot(self) -> float:
        """The share of the height where feet stand."""
        return _TALL_FEET if self.tall else FEET

    def y(self, share: float) -> float:
        """A height of the 16:9 design -> pixels; the part above the feet is squeezed in tall pictures."""
        if share <= FEET:
            return share / FEET * self.foot * self.height
        return (self.foot + (share - FEET) / (1 - FEET) * (1 - self.foot)) * self.height

    def side(self, share: float) -> float:
        """A place of the design with the hero on the left -> pixels."""
        return (share if self.left else 1 - share) * self.width

    def hero_x(self) -> float:
        return 0.5 * self.width if self.tall else self.side(0.34)

    def towards_light(self) -> int:
        """+1 when the sun stands right of the middle."""
        return 1 if self.sun[0] > self.width / 2 else -1

    def bumps(self, waves: float) -> float:
        """Waves over a 16:9 width -> waves over this one."""
        return waves * self.width / self.height / 1.78 if not self.tall else waves * 0.55

    def noise(self, waves: float, octaves: int = 4, rough: float = 0.5) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        line = noise_line(self.rng, self.width, self.bumps(waves), octaves, rough)
        return line.reshape(self.width)

    def cast(self, strength: float = 0.25, size: float = 1.0) -> Shadow:
        """A drop shadow that falls away from the light."""
        unit = self.unit * size
        return Shadow(-self.towards_light() * unit * 0.006, unit * 0.010, unit * 0.014, strength)

    def group(self, name: str, depth: float) -> None:
        """Close a depth group: all that was painted since the last one stands at `depth`, 0 far to 1 near."""
        self.canvas.group(name, depth)

    def moves(self, name: str, paint: Callable[[Rng], None]) -> None:
        """Something that moves by itself in a film: a flat picture shows it frozen, a deep one only names it."""
        if not self.canvas.deep:
            paint(np.random.default_rng((self.plan.seed, zlib.crc32(name.encode()))))
        else:
            self.life.append(name)

    def has(self, *details: str) -> bool:
        return any(detail in self.plan.details for detail in details)
