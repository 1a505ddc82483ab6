"""A river that winds through the land, sun or moon mirrored in it; a bridge when the words ask for one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import crown, peaks, rolling
from philo_render.pictures.living import VESSELS, out_of_doors
from philo_render.pictures.pack import Icon
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import Pixels, mix, shade
from philo_render.pictures.painting.paper import mist, sheet
from philo_render.pictures.painting.plants import pine
from philo_render.pictures.painting.raster import points
from philo_render.pictures.painting.shapes import arc
from philo_render.pictures.scenery import apron, corners, open_sky
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    stage.sun = (stage.side(0.64 if not stage.tall else 0.60), stage.y(0.24))
    open_sky(stage, clouds=3, birds=5, radius=0.105)
    for k in range(3):
        line = peaks(stage, 0.53 + 0.02 * k, 0.30 - 0.09 * k, 1.9 + 0.7 * k)
        paper = mix(p.paper(0.08 + 0.16 * k), p.sky[2], 0.30 - 0.1 * k)
        sheet(canvas, line, shade(paper, 0.03), mix(paper, p.sky[2], 0.35), 0.22, 0.022, 0.08, 0.3)
        mist(canvas, stage.y(0.545), stage.height * 0.035, p.sky[2], 0.30)
    bank = mix(p.paper(0.50), "#3f6b4f", 0.15)
    ground = np.asarray(stage.y(0.565) + stage.noise(3, 2) * stage.height * 0.008, np.float32)
    sheet(canvas, ground, shade(bank, 0.06), shade(bank, -0.07), 0.24, 0.02, 0.1, 0.24)
    _water(stage)
    if stage.has("bridge"):
        _bridge(stage)
    _woods(stage)
    yield
    apron(stage, tufts=150, tall=0.05)
    corners(stage, blossoms=3)


def _course(stage: Stage) -> tuple[Pixels, Pixels, Pixels]:
    """The middle, half width and height of the river, from the mountains to the front."""
    t = np.linspace(0, 1, 120, dtype=np.float32)
    y = stage.y(0.567) + (stage.y(0.83) - stage.y(0.567)) * t
    swing = (1 if stage.left else -1) * stage.width * 0.17 * np.sin(4.2 * t**0.7) * (0.25 + t)
    middle = stage.sun[0] + swing * (0.9 - 0.4 * t)
    half = stage.unit * (0.030 + 0.62 * t**1.5)
    return np.asarray(middle, np.float32), np.asarray(half, np.float32), np.asarray(y, np.float32)


def _water(stage: Stage) -> None:
    p, canvas, rng = stage.palette, stage.canvas, stage.rng
    middle, half, y = _course(stage)
    outline = points(np.concatenate([np.stack([middle - half, y], 1), np.stack([middle + half, y], 1)[::-1]]))
    light, deep = mix(p.sky[2], p.sun, 0.25), mix(p.paper(0.45), p.sky[0], 0.35)
    canvas.polygon(outline + points([0, -stage.unit * 0.006]), shade(p.paper(0.65), -0.05), 0.6)
    canvas.polygon(outline, light, foot=deep, shadow=Shadow(0, -stage.unit * 0.004, stage.unit * 0.010, 0.25))
    for _ in range(110):
        k = int(rng.uniform(0.02, 0.98) * 119)
        x = middle[k] + rng.normal(0, 0.28) * half[k]
        strength = 0.55 * float(np.exp(-(((x - stage.sun[0]) / (stage.unit * 0.25)) ** 2))) + 0.14
        canvas.glow(
            float(x),
            float(y[k]),
            stage.unit * (0.010 + 0.05 * k / 120) * rng.uniform(0.6, 1.4),
            p.sun,
            strength,
            "screen",
            0.06,
        )


def _bridge(stage: Stage) -> None:
    """Three stone arches where the river comes forward."""
    p, canvas, unit = stage.palette, stage.canvas, stage.unit
    middle, half, y = _course(stage)
    x, base, reach = float(middle[55]), float(y[58]), max(float(half[55]) * 1.5, unit * 0.30)
    stone = mix(p.paper(0.35), "#9a8f86", 0.3)
    q = np.linspace(-1, 1, 60)
    top = np.stack([x + reach * q, base - unit * (0.05 + 0.075 * np.cos(q * np.pi / 2))], 1)
    water = base + unit * 0.01
    arches = [
        arc(x + place * reach, water, reach * 0.21, unit * (0.06 if place else 0.085), 0, -180, 20)
        for place in (0.60, 0.0, -0.60)
    ]
    low = [points([[x + reach, water]]), *arches, points([[x - reach, water]])]
    canvas.polygon(
        np.concatenate([top, *low]),
        shade(stone, 0.04),
        foot=shade(stone, -0.08),
        shadow=Shadow(0, unit * 0.012, unit * 0.014, 0.35),
    )
    canvas.line(top - points([0, unit * 0.004]), unit * 0.010, mix(stone, p.sun, 0.4))


def _woods(stage: Stage) -> None:
    p, rng = stage.palette, stage.rng
    middle, half, y = _course(stage)
    for k in range(3):
        line = rolling(stage, 0.60 + 0.07 * k, 0.012, 3)
        row = int(np.clip((line.mean() - y[0]) / (y[-1] - y[0]) * 119, 0, 119))
        for _ in range(12 + 4 * k):
            x = rng.uniform(0, 1) * stage.width
            if abs(x - middle[row]) > half[row] * 1.15 + stage.unit * 0.02:
                pine(
                    stage.canvas,
                    x,
                    crown(line, x),
                    stage.unit * (0.05 + 0.035 * k) * rng.uniform(0.7, 1.3),
                    p.paper(0.62 + 0.13 * k),
                )


def _by_the_river(icon: Icon) -> bool:
    return out_of_doors(icon) and icon.name not in VESSELS


BACKDROP = Backdrop("river", paint, night=("midnight",), admits=_by_the_river, weather=True)
