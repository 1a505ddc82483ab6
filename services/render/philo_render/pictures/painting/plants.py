"""Trees, grass, ferns and flowers cut from paper."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.painting.canvas import Canvas, Shadow
from philo_render.pictures.painting.colour import Pixels, mix, shade
from philo_render.pictures.painting.noise import Rng
from philo_render.pictures.painting.raster import points
from philo_render.pictures.painting.shapes import band, disc

_TIERS = 4


def pine(canvas: Canvas, x: float, base: float, height: float, colour: ArrayLike) -> None:
    """A fir of four tiers, lighter at the top."""
    left: list[tuple[float, float]] = []
    right: list[tuple[float, float]] = []
    for k in range(_TIERS):
        top = base - height + height * 0.9 * k / _TIERS
        low = base - height + height * 0.9 * min(1.0, (k + 1.25) / _TIERS) - height * 0.02
        wide = height * (0.10 + 0.17 * (k + 1) / _TIERS)
        inner = wide * 0.35 if k else 0.0
        left += [(x - inner, top), (x - wide, low)]
        right += [(x + inner, top), (x + wide, low)]
    stem = height * 0.025
    trunk = [(x - stem, base - height * 0.1), (x - stem, base), (x + stem, base), (x + stem, base - height * 0.1)]
    canvas.polygon(left + trunk + right[::-1], shade(colour, 0.03), foot=shade(colour, -0.03))


def round_tree(canvas: Canvas, x: float, base: float, height: float, colour: ArrayLike) -> None:
    trunk = shade(colour, -0.09)
    canvas.polygon(band([x, x], [base, base - height * 0.55], [height * 0.032, height * 0.018]), trunk)
    t = np.linspace(0, 2 * np.pi, 60)
    bumps = 1 + 0.05 * np.sin(5 * t + x) + 0.03 * np.sin(9 * t)
    crown = np.stack(
        [x + height * 0.27 * bumps * np.cos(t), base - height * 0.66 + height * 0.36 * bumps * np.sin(t)], 1
    )
    canvas.polygon(crown, shade(colour, 0.05), foot=shade(colour, -0.05))


def grass(canvas: Canvas, rng: Rng, line: Pixels, colour: ArrayLike, count: int, height: float) -> None:
    """Blades along a line of ground."""
    t = np.linspace(0, 1, 8)
    for _ in range(count):
        x, tall = rng.uniform(0, canvas.width), height * rng.uniform(0.5, 1.2)
        lean = rng.normal(0, 0.3) * tall
        ground = line[int(np.clip(x, 0, canvas.width - 1))] + 4
        blade = band(x + lean * t**2, ground - tall * t, tall * 0.06 * (1 - t))
        canvas.polygon(blade, shade(colour, rng.uniform(-0.03, 0.05)))


def fern(canvas: Canvas, rng: Rng, root: tuple[float, float], turn: float, length: float, colour: ArrayLike) -> None:
    """A branch with pairs of leaves; `turn` in radians, -pi/2 grows upwards."""
    along = np.array([np.cos(turn), np.sin(turn)])
    aside, bend = np.array([-along[1], along[0]]), rng.uniform(-0.25, 0.25)
    shadow = Shadow(0, canvas.unit * 0.004, canvas.unit * 0.006, 0.25)
    for k in range(7):
        t = (k + 0.8) / 7
        place = np.array(root) + along * length * t + aside * bend * length * t * t
        for s in (-1, 1):
            lean = turn + s * (0.95 - 0.35 * t) + bend * t
            leaf = _leaf(points(place), lean, length * 0.36 * (1 - 0.55 * t))
            canvas.polygon(leaf, shade(colour, 0.03 * s * (1 - t)), shadow=shadow if k % 3 == 0 else None)


def _leaf(place: Pixels, turn: float, length: float) -> Pixels:
    along = np.array([np.cos(turn), np.sin(turn)])
    aside = np.array([-along[1], along[0]])
    q = np.linspace(0, 1, 12)[:, None]
    half = np.sin(np.pi * q**0.8) * length * 0.20
    return points(
        np.concatenate([place + along * length * q + aside * half, (place + along * length * q - aside * half)[::-1]])
    )


def flower(canvas: Canvas, rng: Rng, x: float, y: float, radius: float, petal: ArrayLike, heart: ArrayLike) -> None:
    """Five petals and a heart, seen from the front."""
    turn = rng.uniform(0, 6)
    for k in range(5):
        angle = turn + k * 1.257
        disc(
            canvas,
            x + radius * np.cos(angle),
            y + radius * np.sin(angle),
            radius * 0.72,
            petal,
            foot=shade(petal, -0.05),
        )
    disc(canvas, x, y, radius * 0.5, heart)


def tulip(canvas: Canvas, x: float, base: float, height: float, petal: ArrayLike, stem: ArrayLike, lean: float) -> None:
    """A cup on a bent stem with two leaves; `lean` is the head's offset in pixels."""
    t = np.linspace(0, 1, 10)
    canvas.polygon(band(x + lean * t**2, base - height * 0.75 * t, height * 0.022), stem)
    for s in (-1, 1):
        leaf = band(
            x + s * height * 0.20 * np.sin(t * 1.9), base - height * 0.45 * t, height * 0.05 * np.sin(np.pi * t)
        )
        canvas.polygon(leaf, shade(stem, 0.03 * s))
    head, wide, cup = np.array([x + lean, base - height * 0.74]), height * 0.13, height * 0.27
    for s, tone in ((-1, -0.05), (1, -0.02), (0, 0.04)):
        q = np.linspace(0, np.pi, 14)
        petal_line = np.stack(
            [head[0] + s * wide * 0.45 + wide * 0.62 * np.cos(q), head[1] + wide * 0.55 * np.sin(q)], 1
        )
        tip = np.array([[head[0] + s * wide * 0.75, head[1] - cup * (0.95 if s else 0.80)]])
        canvas.polygon(
            np.concatenate([petal_line, tip]), shade(petal, tone), foot=shade(mix(petal, stem, 0.12), tone - 0.05)
        )
