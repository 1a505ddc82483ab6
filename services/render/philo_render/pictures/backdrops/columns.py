"""History: steps and columns against a big sky."""

from __future__ import annotations

from collections.abc import Iterator

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.landscape import rolling
from philo_render.pictures.living import SWIMMERS, VESSELS
from philo_render.pictures.pack import Icon
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import Colour, mix, shade
from philo_render.pictures.painting.paper import flat, layer, mist, sheet
from philo_render.pictures.painting.shapes import slab
from philo_render.pictures.scenery import apron, open_sky
from philo_render.pictures.stage import Stage

_FLOOR = 0.68


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, u = stage.palette, stage.canvas, stage.unit
    stage.sun = (stage.side(0.44), stage.y(0.34))
    open_sky(stage, clouds=2, birds=4, radius=0.13, apart=False)
    for k in range(2):
        layer(canvas, rolling(stage, 0.52 + 0.07 * k, 0.05, 2 + k, 3), p.paper(0.12 + 0.15 * k), 0.1)
    mist(canvas, stage.y(0.61), stage.height * 0.05, p.sky[2], 0.35)
    stone = p.paper(0.35) if stage.dark else mix(p.far, p.sun, 0.40)
    floor, top = stage.y(_FLOOR), stage.y(0.20)
    places = (0.70, 0.80, 0.90, 1.0) if not stage.tall else (0.10, 0.90)
    if not stage.tall:
        ends = sorted((stage.side(0.655), stage.side(1.1)))
        slab(
            canvas,
            (ends[0], top - u * 0.075, ends[1], top),
            4,
            shade(stone, 0.03),
            foot=shade(stone, -0.04),
            shadow=Shadow(0, u * 0.014, u * 0.02, 0.3),
        )
    for place in places:
        _column(stage, stage.side(place), u * 0.075, floor, top, stone)
    for k in range(3):
        step = mix(stone, p.near, 0.14 + 0.18 * k)
        sheet(
            canvas, flat(canvas, stage.y(_FLOOR + 0.032 * k)), shade(step, 0.04), shade(step, -0.05), 0.22, 0.012, 0.2
        )
    yield
    apron(stage, tufts=0)


def _column(stage: Stage, x: float, w: float, floor: float, top: float, stone: Colour) -> None:
    canvas, u, light = stage.canvas, stage.unit, stage.towards_light()
    slab(canvas, (x - w * 0.78, floor - w * 0.28, x + w * 0.78, floor + 3), 3, shade(stone, -0.02))
    shadow = Shadow(-light * u * 0.01, 0, u * 0.02, 0.28)
    shaft = [
        (x - w * 0.5, floor - w * 0.26),
        (x - w * 0.44, top + w * 0.4),
        (x + w * 0.44, top + w * 0.4),
        (x + w * 0.5, floor - w * 0.26),
    ]
    canvas.polygon(shaft, stone, foot=shade(stone, -0.04), shadow=shadow)
    for q in (-0.30, -0.1, 0.1, 0.30):
        slab(
            canvas,
            (x + w * (q - 0.035), top + w * 0.6, x + w * (q + 0.035), floor - w * 0.3),
            3,
            shade(stone, -0.08),
            0.7,
        )
    slab(canvas, (x - w * 0.62, top + w * 0.26, x + w * 0.62, top + w * 0.46), 3, shade(stone, 0.01))
    slab(
        canvas,
        (x - w * 0.80, top, x + w * 0.80, top + w * 0.30),
        3,
        shade(stone, 0.05),
        shadow=Shadow(0, u * 0.008, u * 0.01, 0.3),
    )


def _in_history(icon: Icon) -> bool:
    return icon.name not in VESSELS and icon.name not in SWIMMERS and icon.family not in {54, 55, 56, 51}


BACKDROP = Backdrop(
    "columns",
    paint,
    palettes=("peach", "rose", "honey", "ember"),
    admits=_in_history,
    lamplit=True,
    seating=Seating(
        wide=Seats((Seat(0.34, 0.787, 0.42), Seat(0.54, 0.775, 0.24), Seat(0.14, 0.787, 0.2))),
        tall=Seats((Seat(0.50, 0.785, 0.55), Seat(0.24, 0.785, 0.25))),
    ),
)
