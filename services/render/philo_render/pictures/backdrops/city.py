"""Three rows of towers in haze, a street before them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.living import in_town
from philo_render.pictures.painting.colour import mix, rgb, shade
from philo_render.pictures.painting.paper import flat, mist, sheet
from philo_render.pictures.painting.shapes import slab
from philo_render.pictures.scenery import open_sky
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    stage.sun = (stage.sun[0], stage.y(0.36))
    open_sky(stage, clouds=2, birds=3, radius=0.12, apart=False)
    p, canvas = stage.palette, stage.canvas
    papers = [mix(p.sky[2], p.far, 0.6), p.far, p.paper(0.6), p.near]
    lit = p.accent if stage.dark else mix(p.sun, "#ffffff", 0.3)
    _row(stage, 0.66, (0.14, 0.40), papers[0], None, (0.035, 0.08))
    mist(canvas, stage.y(0.62), stage.height * 0.09, p.sky[2], 0.5)
    _row(stage, 0.70, (0.10, 0.30), papers[1], lit, (0.035, 0.08))
    mist(canvas, stage.y(0.68), stage.height * 0.055, p.sky[2], 0.35)
    _row(stage, 0.74, (0.05, 0.17), papers[2], lit, (0.05, 0.10))
    sheet(canvas, flat(canvas, stage.y(0.735)), shade(papers[3], 0.10), shade(papers[3], 0.03), rim=0.05)
    yield
    sheet(canvas, flat(canvas, stage.y(0.825)), shade(papers[3], 0.02), shade(papers[3], -0.03), 0.2, 0.01)
    for k in range(int(stage.width / stage.unit * 5) + 1):
        x, y = stage.unit * 0.22 * k, stage.y(0.90)
        slab(canvas, (x, y, x + stage.unit * 0.11, y + stage.unit * 0.008), 4, p.sun, 0.20)


def _row(
    stage: Stage,
    base: float,
    tall: tuple[float, float],
    colour: ArrayLike,
    lit: ArrayLike | None,
    wide: tuple[float, float],
) -> None:
    rng, unit = stage.rng, stage.unit
    x = -unit * 0.02
    while x < stage.width:
        width, height = unit * rng.uniform(*wide), (stage.y(base) - stage.y(base - rng.uniform(*tall)))
        tone = shade(colour, rng.uniform(-0.015, 0.02))
        _tower(stage, x, stage.y(base), width, height, tone)
        if lit is not None:
            _windows(stage, x, stage.y(base), width, height, lit)
        x += width + unit * rng.uniform(0, 0.012)


def _tower(stage: Stage, x: float, base: float, w: float, h: float, colour: ArrayLike) -> None:
    canvas, top, roof = stage.canvas, base - h, shade(colour, 0.03)
    slab(canvas, (x, top, x + w, base + 4), 0, roof, foot=shade(colour, -0.02))
    crowns = {
        0: [(0.2, 0.0), (0.2, -0.3), (0.8, -0.3), (0.8, 0.0)],
        1: [(0.0, 0.02), (0.5, -0.55), (1.0, 0.02)],
        2: [(0.47, 0.0), (0.5, -0.9), (0.53, 0.0)],
        3: [(0.0, 0.02), (0.0, -0.4), (1.0, 0.02)],
    }
    crown = crowns.get(int(stage.rng.integers(0, 6)))
    if crown:
        canvas.polygon([(x + w * a, top + w * b) for a, b in crown], roof)


def _windows(stage: Stage, x: float, base: float, w: float, h: float, lit: ArrayLike) -> None:
    pane, rng, colour = max(2.0, w / 6), stage.rng, rgb(lit)
    for row in range(int(h / (pane * 1.5)) - 1):
        for column in range(int(w / pane) - 1):
            if rng.random() < 0.24:
                left, top = x + pane * (column + 0.8), base - h + pane * (1.5 * row + 1)
                place = stage.canvas.box(left, top, left + pane * 0.55, top + pane * 0.8)
                if place:
                    x0, y0, x1, y1 = place
                    share = np.full((y1 - y0, x1 - x0), rng.uniform(0.35, 0.95), np.float32)
                    stage.canvas.lay(np.s_[y0:y1, x0:x1], colour, share)


BACKDROP = Backdrop("city", paint, night=("midnight", "lamplight"), admits=in_town, weather=True)
