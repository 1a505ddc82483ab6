"""An editor window over a soft gradient: lines of code as coloured pills."""

from __future__ import annotations

from collections.abc import Iterator

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.composition import Stance
from philo_render.pictures.pack import Icon, Kind
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.shapes import disc, slab
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage

_INKS = ("#c792ea", "#82aaff", "#c3e88d", "#f78c6c", "#89ddff", "#ffcb6b", "#7f8cb0")


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, u = stage.palette, stage.canvas, stage.unit
    glows = (Glow(0.2, 0.2, 0.8, p.accent, 0.28), Glow(0.85, 0.6, 0.8, "#3aa6b9", 0.35))
    paint_sky(canvas, p.sky, stage.rng, glows)
    x0, x1 = (
        sorted((stage.side(0.34), stage.side(0.93))) if not stage.tall else (0.08 * stage.width, 0.92 * stage.width)
    )
    y0, y1 = stage.y(0.11), stage.y(0.715 if not stage.tall else 0.50)
    slab(canvas, (x0, y0, x1, y1), u * 0.022, "#141b2d", 0.97, "#101625", Shadow(0, u * 0.03, u * 0.05, 0.5))
    slab(canvas, (x0, y0, x1, y0 + u * 0.055), u * 0.022, "#222c45")
    slab(canvas, (x0, y0 + u * 0.03, x1, y0 + u * 0.055), 0, "#222c45")
    for k, colour in enumerate(("#ff6b6b", "#ffd166", "#06d6a0")):
        disc(canvas, x0 + u * (0.034 + 0.032 * k), y0 + u * 0.027, u * 0.0095, colour)
    _lines(stage, (x0, y0, x1, y1))
    yield
    apron(stage, tufts=0)


def _lines(stage: Stage, window: tuple[float, float, float, float]) -> None:
    canvas, rng, u = stage.canvas, stage.rng, stage.unit
    x0, y0, x1, y1 = window
    y, indent = y0 + u * 0.095, 0
    while y < y1 - u * 0.04:
        slab(canvas, (x0 + u * 0.025, y, x0 + u * 0.045, y + u * 0.012), u * 0.006, "#3a4566")
        x = x0 + u * 0.075 + indent * u * 0.05
        for _ in range(int(rng.integers(1, 5))):
            width = u * rng.uniform(0.035, 0.15)
            if x + width > x1 - u * 0.06:
                break
            ink = _INKS[int(rng.integers(0, len(_INKS)))]
            slab(canvas, (x, y - u * 0.002, x + width, y + u * 0.017), u * 0.01, ink, 0.92)
            x += width + u * 0.014
        indent = min(3, max(0, indent + int(rng.integers(-1, 2)))) if y > y0 + u * 0.1 else 1
        y += u * 0.043


def _on_a_desk(icon: Icon) -> bool:
    return icon.kind in {Kind.FEELING, Kind.THING, Kind.PLAY} or icon.name in {"snake", "bug", "gear"}


BACKDROP = Backdrop(
    "code",
    paint,
    palettes=("slate", "plum", "teal"),
    indoor=True,
    stance=Stance.FLOAT,
    admits=_on_a_desk,
    seating=Seating(wide=Seats((Seat(0.18, 0.68, 0.34),)), tall=Seats((Seat(0.5, 0.76, 0.42),))),
)
