"""Rice paper: ink mountains fading into mist, one red sun, a blossoming branch."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Grade
from philo_render.pictures.landscape import rolling
from philo_render.pictures.living import out_of_doors
from philo_render.pictures.painting.colour import SHADOW, Pixels, mix, rgb, shade
from philo_render.pictures.painting.paper import mist, sheet
from philo_render.pictures.painting.plants import flower
from philo_render.pictures.painting.shapes import band, disc
from philo_render.pictures.painting.sky import Glow, Haze, paint_birds, paint_sky, paint_stars
from philo_render.pictures.stage import Stage

_STRIP = 64


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, u = stage.palette, stage.canvas, stage.unit
    paint_sky(canvas, p.sky, stage.rng, (Glow(0.5, 0.4, 1.1, "#fffaf0", 0.4),), Haze(p.far, 0.16, 2))
    if not stage.has("rain"):
        _sun(stage)
    for k in range(5):
        line = rolling(stage, 0.49 + 0.07 * k, 0.19 - 0.022 * k, 2.6 + 0.9 * k, 6, 0.52)
        _wash(stage, line, mix(p.sky[2], p.near, 0.16 + 0.15 * k), 0.16 + 0.02 * k, 0.92 - 0.04 * k)
    mist(canvas, stage.y(0.70), stage.height * 0.07, p.sky[2], 0.72)
    paint_birds(canvas, stage.rng, stage.width * 0.5, stage.y(0.2), 5, u * 0.013, p.near)
    yield
    ground = rolling(stage, 0.80, 0.028, 2.2, 4, 0.45)
    sheet(canvas, ground, mix(p.near, p.far, 0.12), shade(p.near, -0.05), 0.12, 0.02, 0.0)
    stage.group("ground", 0.9)
    _branch(stage)


def _sun(stage: Stage) -> None:
    p, u = stage.palette, stage.unit
    x, y, radius = stage.sun[0], stage.y(0.26), u * (0.17 if stage.dark else 0.13)
    if stage.dark:
        paint_stars(stage.canvas, stage.rng, 60, stage.y(0.4))
        stage.canvas.glow(x, y, radius * 2.6, p.sun, 0.45, "screen")
    disc(stage.canvas, x, y, radius, p.sun, 0.95, mix(p.sun, p.sky[2], 0.1 if stage.dark else 0.35))


def _wash(stage: Stage, line: Pixels, ink: Pixels, fade: float, strength: float) -> None:
    """Ink below a line, thinner and thinner downwards."""
    canvas, length = stage.canvas, fade * stage.height
    for row in range(max(0, int(line.min()) - 2), canvas.height, _STRIP):
        end = min(canvas.height, row + _STRIP)
        below = np.arange(row, end, dtype=np.float32)[:, None] - line[None, :]
        share = np.clip(below + 0.5, 0, 1) * np.exp(-np.maximum(below, 0) / length) * strength
        canvas.lay(np.s_[row:end, :], ink, np.asarray(share, np.float32))


def _branch(stage: Stage) -> None:
    p, canvas, rng, u = stage.palette, stage.canvas, stage.rng, stage.unit
    t = np.linspace(0, 1, 30)
    x = np.array([stage.side(1 - 0.34 * v) for v in t])
    y = stage.height * (0.03 + 0.13 * t + 0.03 * np.sin(t * 5)) * stage.foot / 0.785
    canvas.polygon(band(x, y, 0, u * 0.012 * (1 - t) ** 0.7 + 1), shade(p.near, -0.02))
    for _ in range(26):
        k, blossom = int(rng.integers(4, 30)), mix(p.accent, "#ffd9d0", rng.uniform(0.2, 0.7))
        place = (x[k] + rng.normal(0, 0.012) * u, y[k] + rng.normal(0.004, 0.018) * u)
        flower(canvas, rng, *place, u * rng.uniform(0.006, 0.011), blossom, mix(p.accent, SHADOW, 0.2))
    for _ in range(9):
        petal = mix(p.accent, "#ffd9d0", 0.4)
        disc(canvas, rng.uniform(0, stage.width), stage.y(rng.uniform(0.2, 0.74)), u * 0.005, rgb(petal), 0.8)


BACKDROP = Backdrop(
    "ink",
    paint,
    palettes=("xuan", "celadon"),
    night=("inknight",),
    admits=out_of_doors,
    weather=True,
    grade=Grade(tint=0.35, ink=0.12, saturation=0.62),
)
