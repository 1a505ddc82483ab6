"""A harbour: gabled houses along the quay, lit windows on the water, the lighthouse on the mole."""

from __future__ import annotations

from collections.abc import Iterator

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.backdrops.sea import AFLOAT
from philo_render.pictures.composition import Stance
from philo_render.pictures.landscape import rolling
from philo_render.pictures.living import at_sea
from philo_render.pictures.painting.colour import Colour, mix, shade
from philo_render.pictures.painting.paper import flat, layer, sheet
from philo_render.pictures.painting.raster import points
from philo_render.pictures.painting.shapes import slab
from philo_render.pictures.prop import Spot
from philo_render.pictures.props.lighthouse import draw_lighthouse
from philo_render.pictures.rocks import islet
from philo_render.pictures.scenery import open_sky
from philo_render.pictures.stage import Stage
from philo_render.pictures.water import wave

_QUAY = 0.575


def paint(stage: Stage) -> Iterator[None]:
    stage.sun = (stage.side(0.22), stage.y(0.22))
    open_sky(stage, clouds=3, birds=6, radius=0.07)
    p, canvas = stage.palette, stage.canvas
    for k in range(2):
        layer(
            canvas, rolling(stage, 0.46 + 0.05 * k, 0.07, 1.6 + k), mix(p.paper(0.15 + 0.2 * k), p.sky[2], 0.15), 0.08
        )
    _houses(stage)
    sheet(canvas, flat(canvas, stage.y(_QUAY)), p.paper(0.45), p.paper(0.75), 0.15, 0.02, 0.2, 0.3)
    _reflections(stage)
    x = stage.side(0.115 if not stage.tall else 0.2)
    top = islet(stage, x, 0.615, 0.13, 0.05)
    draw_lighthouse(stage, Spot(x, top, stage.unit * 0.40, 1 if stage.left else -1))
    for k in range(4):
        paper = p.paper(0.55 + 0.15 * k)
        line = wave(stage, 0.625 + 0.062 * k, 0.12 + 0.05 * k, 0.005 + 0.003 * k, stage.hero_x() if k == 2 else None)
        if k == 2:
            yield
        sheet(canvas, line, shade(paper, 0.05), shade(paper, -0.05), 0.24, 0.016, 0.24, 0.25)


def _houses(stage: Stage) -> None:
    rng, unit, base = stage.rng, stage.unit, stage.y(_QUAY) + 3
    for row, (low, high, nearness) in enumerate(((0.10, 0.17, 0.35), (0.07, 0.12, 0.55))):
        x = (
            stage.width * (0.34 if stage.left else -0.02)
            if not stage.tall
            else stage.width * (0.30 if stage.left else -0.1)
        )
        end = (
            stage.width * (1.05 if stage.left else 0.66)
            if not stage.tall
            else stage.width * (1.1 if stage.left else 0.7)
        )
        while x < end:
            wide, tall = unit * rng.uniform(0.055, 0.085), unit * rng.uniform(low, high)
            tone = ("#e9c8a2", "#d98d6a", "#c9d3c4", "#b9717a", "#e6dcc8")[int(rng.integers(0, 5))]
            wall = mix(
                mix(tone, stage.palette.paper(nearness), 0.62 if stage.dark else 0.30),
                stage.palette.far,
                0.15 * (1 - row),
            )
            _house(stage, x, base, wide, tall, wall)
            x += wide + unit * rng.uniform(-0.004, 0.012)


def _house(stage: Stage, x: float, base: float, wide: float, tall: float, wall: Colour) -> None:
    canvas, rng = stage.canvas, stage.rng
    ridge = base - tall - wide * rng.uniform(0.35, 0.6)
    gable = [(x, base), (x, base - tall), (x + wide / 2, ridge), (x + wide, base - tall), (x + wide, base)]
    canvas.polygon(gable, shade(wall, 0.03), foot=shade(wall, -0.05), shadow=stage.cast(0.22, 0.8))
    roof = shade(wall, -0.13)
    eaves = [(x - wide * 0.06, base - tall), (x + wide / 2, ridge - wide * 0.04), (x + wide * 1.06, base - tall)]
    canvas.line(eaves, wide * 0.07, roof)
    pane = wide * 0.17
    for row in range(max(1, int(tall / (pane * 2.2)))):
        for place in (0.20, 0.62):
            lit = stage.dark and rng.random() < 0.62
            glass = mix(stage.palette.accent, "#fff1c8", 0.35) if lit else shade(wall, -0.16)
            top = base - tall + pane * (0.4 + 2.1 * row)
            slab(canvas, (x + wide * place, top, x + wide * place + pane, top + pane * 1.3), 2, glass)


def _reflections(stage: Stage) -> None:
    """Long soft lights below the windows."""
    p, rng = stage.palette, stage.rng
    colour, strength = (p.accent, 0.34) if stage.dark else (p.sun, 0.20)
    for _ in range(26):
        x = stage.side(rng.uniform(0.36, 1.0))
        for k in range(4):
            y = stage.y(_QUAY + 0.015 + 0.022 * k)
            stage.canvas.glow(
                x + rng.normal(0, 2),
                y,
                stage.unit * rng.uniform(0.010, 0.022),
                colour,
                strength * (1 - 0.2 * k),
                "screen",
                0.22,
            )
    stage.canvas.line(points([[0, stage.y(_QUAY)], [stage.width, stage.y(_QUAY)]]), 2, shade(p.near, 0.02), 0.5)


BACKDROP = Backdrop(
    "harbour",
    paint,
    night=("lamplight", "midnight"),
    seating=AFLOAT,
    stance=Stance.SAIL,
    admits=at_sea,
    lamplit=True,
    weather=True,
)
