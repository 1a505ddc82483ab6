"""Layers of glowing nodes joined by threads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.composition import Stance
from philo_render.pictures.living import things
from philo_render.pictures.pack import Icon
from philo_render.pictures.painting.colour import WHITE, mix, shade
from philo_render.pictures.painting.shapes import disc
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage

_LAYERS = (4, 6, 7, 6, 3)
Node = tuple[float, float]


def paint(stage: Stage) -> Iterator[None]:
    p = stage.palette
    glows = (Glow(stage.side(0.66) / stage.width, 0.42, 0.8, p.sun, 0.20), Glow(0.1, 0.95, 0.8, p.accent, 0.20))
    paint_sky(stage.canvas, p.sky, stage.rng, glows)
    layers = _nodes(stage)
    for one, next_one in pairwise(layers):
        for start in one:
            for end in next_one:
                _thread(stage, start, end)
    for node in (node for layer in layers for node in layer):
        _glowing(stage, node)
    yield
    apron(stage, tufts=0)


def _nodes(stage: Stage) -> list[list[Node]]:
    rng, u = stage.rng, stage.unit
    low, high = (0.08, 0.72) if not stage.tall else (0.08, 0.52)
    places = np.linspace(0.40, 0.94, 5) if not stage.tall else np.linspace(0.10, 0.90, 5)
    return [
        [
            (
                stage.side(float(x)) + rng.normal(0, 0.006) * u,
                stage.y(low + (high - low) * (j + 0.5) / count) + rng.normal(0, 0.012) * u,
            )
            for j in range(count)
        ]
        for x, count in zip(places, _LAYERS, strict=True)
    ]


def _thread(stage: Stage, start: Node, end: Node) -> None:
    p, u, weight = stage.palette, stage.unit, stage.rng.random()
    t = np.linspace(0, 1, 16)
    path = np.stack([start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * (t * t * (3 - 2 * t))], 1)
    if weight > 0.88:
        stage.canvas.line(path, u * 0.0034, p.accent, 0.85, u * 0.006)
    else:
        stage.canvas.line(path, u * (0.0034 if weight > 0.8 else 0.0012), p.sun, 0.22 + 0.2 * weight)


def _glowing(stage: Stage, node: Node) -> None:
    p, rng, canvas = stage.palette, stage.rng, stage.canvas
    hot, radius = rng.random() > 0.55, stage.unit * rng.uniform(0.012, 0.02)
    colour = p.accent if hot else mix(p.sun, p.far, 0.25)
    canvas.glow(*node, radius * 3, colour, 0.5 if hot else 0.25, "screen")
    disc(canvas, *node, radius, colour, foot=shade(colour, -0.12))
    disc(canvas, node[0] - radius * 0.28, node[1] - radius * 0.3, radius * 0.3, WHITE, 0.65)


def _thinking(icon: Icon) -> bool:
    return things(icon) or icon.name == "brain"


BACKDROP = Backdrop(
    "neural",
    paint,
    palettes=("slate", "plum", "teal"),
    indoor=True,
    stance=Stance.FLOAT,
    admits=_thinking,
    seating=Seating(wide=Seats((Seat(0.21, 0.68, 0.36),)), tall=Seats((Seat(0.5, 0.775, 0.40),))),
)
