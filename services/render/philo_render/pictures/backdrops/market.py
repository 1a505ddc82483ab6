"""A market: stalls under striped awnings, fruit in crates, houses behind."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.living import in_town
from philo_render.pictures.pack import Icon, Kind
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import Colour, mix, shade
from philo_render.pictures.painting.paper import flat, mist, sheet
from philo_render.pictures.painting.shapes import arc, disc, slab
from philo_render.pictures.scenery import apron, open_sky
from philo_render.pictures.stage import Stage

_GROUND = 0.70
_FRUIT = ("#e2574c", "#f2a33a", "#8fb84a", "#d9486a", "#f5cf52")


def paint(stage: Stage) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    open_sky(stage, clouds=3, birds=3, apart=False)
    _houses(stage)
    mist(canvas, stage.y(0.58), stage.height * 0.06, p.sky[2], 0.30)
    sheet(canvas, flat(canvas, stage.y(_GROUND)), p.paper(0.45), p.paper(0.75), 0.22, 0.014, 0.12, 0.2)
    places = (0.60, 0.82, 1.02, 0.06) if not stage.tall else (0.16, 0.84)
    for k, place in enumerate(places):
        _stall(stage, stage.side(place), stage.y(0.735), stage.unit * (0.155 if k else 0.17), k)
    if stage.dark:
        for k in range(9):
            canvas.glow(stage.width * (k + 0.5) / 9, stage.y(0.40), stage.unit * 0.03, "#ffc86a", 0.7, "screen")
    yield
    apron(stage, tufts=0)


def _houses(stage: Stage) -> None:
    p, rng, u, x = stage.palette, stage.rng, stage.unit, 0.0
    base = stage.y(_GROUND) + 3
    while x < stage.width:
        wide, tall = u * float(rng.uniform(0.12, 0.20)), u * float(rng.uniform(0.24, 0.40))
        tone = mix(mix(p.far, p.sky[2], 0.35), p.accent, float(rng.uniform(0.0, 0.22)))
        slab(stage.canvas, (x, base - tall, x + wide, base), 0, shade(tone, 0.02), foot=shade(tone, -0.04))
        gable = [
            (x - u * 0.008, base - tall),
            (x + wide / 2, base - tall - wide * 0.42),
            (x + wide + u * 0.008, base - tall),
        ]
        stage.canvas.polygon(gable, shade(tone, -0.10))
        pane = mix("#ffd98a", p.sun, 0.3) if stage.dark else mix(p.near, tone, 0.55)
        for row in range(2):
            for column in range(2):
                left, top = x + wide * (0.20 + 0.40 * column), base - tall * (0.86 - 0.34 * row)
                slab(stage.canvas, (left, top, left + wide * 0.2, top + tall * 0.16), 1, pane, 0.8)
        x += wide


def _stall(stage: Stage, x: float, base: float, half: float, k: int) -> None:
    p, canvas, u = stage.palette, stage.canvas, stage.unit
    wood = mix(mix("#a8764a", p.near, 0.5 if stage.dark else 0.15), p.far, 0.1)
    cloth = (p.accent, mix(p.far, p.near, 0.45), mix(p.accent, p.near, 0.35), mix("#d9604a", p.far, 0.25))[k % 4]
    top = base - half * 1.75
    for side in (-0.92, 0.92):
        slab(canvas, (x + side * half - u * 0.005, top, x + side * half + u * 0.005, base), 0, shade(wood, -0.05))
    _fruit(stage, x, base - half * 0.62, half)
    counter = (x - half, base - half * 0.60, x + half, base)
    slab(canvas, counter, 3, wood, foot=shade(wood, -0.09), shadow=Shadow(0, u * 0.008, u * 0.014, 0.3))
    slab(canvas, (x - half * 1.04, base - half * 0.64, x + half * 1.04, base - half * 0.54), 3, shade(wood, 0.06))
    _awning(stage, x, top, half, cloth)


def _awning(stage: Stage, x: float, top: float, half: float, cloth: Colour) -> None:
    canvas, pale = stage.canvas, mix("#fff6e4", stage.palette.sun, 0.3)
    hem, slope = top + half * 0.52, half * 0.80
    whole = [(x - slope, top), (x + slope, top), (x + half * 1.15, hem), (x - half * 1.15, hem)]
    canvas.polygon(whole, cloth, shadow=Shadow(0, stage.unit * 0.012, stage.unit * 0.014, 0.35))
    for k in range(8):
        tone = cloth if k % 2 else pale
        edge = [np.interp([k, k + 1], [0, 8], [x - r, x + r]) for r in (slope, half * 1.15)]
        stripe = [(edge[0][0], top), (edge[0][1], top), (edge[1][1], hem), (edge[1][0], hem)]
        canvas.polygon(stripe, shade(tone, 0.02), foot=shade(tone, -0.05))
        middle, wide = float(edge[1].mean()), float(edge[1][1] - edge[1][0]) / 2
        canvas.polygon(arc(middle, hem - 1, wide, wide * 0.8, 0, 180), shade(tone, -0.06))


def _fruit(stage: Stage, x: float, top: float, half: float) -> None:
    rng, r = stage.rng, half * 0.085
    for crate in range(3):
        tint = mix(_FRUIT[int(rng.integers(0, 5))], stage.palette.near, 0.35 if stage.dark else 0.08)
        middle = x + (crate - 1) * half * 0.64
        for row, count in ((0, 3), (1, 2)):
            for k in range(count):
                spot = (middle + (k - (count - 1) / 2) * r * 1.9, top - row * r * 1.3)
                disc(stage.canvas, *spot, r, shade(tint, 0.05), foot=shade(tint, -0.06))


def _at_market(icon: Icon) -> bool:
    return in_town(icon) or icon.kind is Kind.FOOD


BACKDROP = Backdrop(
    "market", paint, palettes=("honey", "peach", "lagoon"), night=("lamplight",), admits=_at_market, lamplit=True
)
