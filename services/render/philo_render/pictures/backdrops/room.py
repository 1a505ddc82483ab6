"""A room: a window on the land, a shelf of books, a wooden floor."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.living import in_a_room
from philo_render.pictures.painting.canvas import Canvas, Shadow
from philo_render.pictures.painting.colour import Colour, mix, shade
from philo_render.pictures.painting.noise import noise_line
from philo_render.pictures.painting.paper import flat, layer, sheet
from philo_render.pictures.painting.shapes import arc, disc, slab
from philo_render.pictures.painting.sky import Glow, paint_sky, paint_stars
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, u = stage.palette, stage.canvas, stage.unit
    wall = p.paper(0.45) if stage.dark else mix(p.far, p.sky[1], 0.5)
    lamp = Glow(
        stage.hero_x() / stage.width, 0.35, 0.75, "#ffc878" if stage.dark else p.sun, 0.42 if stage.dark else 0.25
    )
    paint_sky(canvas, (shade(wall, -0.05), wall, shade(wall, 0.04)), stage.rng, (lamp,))
    frame = mix(p.far, "#ffffff", 0.25) if stage.dark else mix("#fff6e6", p.sun, 0.4)
    x, y = (stage.side(0.74), stage.y(0.33)) if not stage.tall else (0.5 * stage.width, stage.y(0.22))
    _window(stage, x, y, frame)
    wood = mix(mix("#a9714b", p.near, 0.5 if stage.dark else 0.25), p.far, 0.1)
    floor = stage.y(0.69)
    sheet(canvas, flat(canvas, floor), shade(wood, 0.06), shade(wood, -0.10), 0.25, 0.03, 0.2, 0.2)
    slab(canvas, (0, floor - u * 0.02, stage.width, floor), 0, mix(wall, frame, 0.4), 0.9)
    if not stage.tall:
        _shelf(stage, wall, wood)
    canvas.polygon(arc(stage.hero_x(), stage.y(0.775), u * 0.46, u * 0.055), mix(p.accent, wood, 0.45), 0.75)
    canvas.polygon(arc(stage.hero_x(), stage.y(0.775), u * 0.38, u * 0.042), mix(p.accent, wall, 0.35), 0.55)
    yield
    apron(stage, tufts=0, colour=mix(p.near, shade(wood, -0.3), 0.4))


def _window(stage: Stage, x: float, y: float, frame: Colour) -> None:
    p, canvas, u = stage.palette, stage.canvas, stage.unit
    w, h, edge = u * 0.21, u * 0.25, u * 0.018
    slab(
        canvas,
        (x - w - edge, y - h - edge, x + w + edge, y + h + edge),
        u * 0.02,
        frame,
        shadow=Shadow(0, u * 0.012, u * 0.025, 0.3),
    )
    place = canvas.box(x - w, y - h, x + w, y + h)
    if place is None:
        return
    x0, y0, x1, y1 = place
    view = Canvas(x1 - x0, y1 - y0)
    paint_sky(view, p.sky, stage.rng, (Glow(0.6, 0.4, 0.5, p.sun, 0.5),))
    if stage.dark:
        paint_stars(view, stage.rng, 40, view.height)
    disc(view, view.width * 0.66, view.height * 0.32, view.width * 0.13, p.sun, 0.95)
    for k in range(3):
        line = view.height * (0.62 + 0.12 * k) + noise_line(stage.rng, view.width, 2 + k, 3) * 0.08 * view.height
        layer(view, np.asarray(line, np.float32), p.paper(0.2 + 0.3 * k), 0.1, 0.02)
    canvas.lay(np.s_[y0:y1, x0:x1], view.pixels, np.ones((y1 - y0, x1 - x0), np.float32))
    slab(canvas, (x - u * 0.007, y - h, x + u * 0.007, y + h), 1, frame)
    slab(canvas, (x - w, y - u * 0.007, x + w, y + u * 0.007), 1, frame)


def _shelf(stage: Stage, wall: Colour, wood: Colour) -> None:
    p, canvas, rng, u = stage.palette, stage.canvas, stage.rng, stage.unit
    start, end = sorted((stage.side(0.10), stage.side(0.46)))
    y, x = stage.y(0.23), start + u * 0.02
    slab(canvas, (start, y, end, y + u * 0.016), 4, shade(wood, 0.02), shadow=Shadow(0, u * 0.014, u * 0.016, 0.3))
    inks = (p.accent, p.near, p.far, "#e9dcc3", "#5f8f8b", "#b5543f")
    while x < end - u * 0.05:
        w, h = u * rng.uniform(0.014, 0.032), u * rng.uniform(0.08, 0.13)
        cover = mix(inks[int(rng.integers(0, 6))], wall, 0.2)
        if rng.random() < 0.16:
            x += u * 0.03
            continue
        slab(canvas, (x, y - h, x + w, y), 3, cover, foot=shade(cover, -0.06))
        slab(canvas, (x, y - h * 0.8, x + w, y - h * 0.76), 0, "#ffffff", 0.3)
        x += w + 1.5


BACKDROP = Backdrop(
    "room", paint, palettes=("cream", "peach", "honey", "sage"), night=("lamplight",), admits=in_a_room, lamplit=True
)
