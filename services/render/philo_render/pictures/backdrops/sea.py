"""Open sea: scalloped waves from the horizon to the front, a trough where the boat rides."""

from __future__ import annotations

from collections.abc import Iterator

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.composition import Stance
from philo_render.pictures.living import at_sea
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.paper import flat, sheet
from philo_render.pictures.prop import Spot
from philo_render.pictures.props.lighthouse import draw_lighthouse
from philo_render.pictures.rocks import islet
from philo_render.pictures.scenery import open_sky
from philo_render.pictures.stage import Stage
from philo_render.pictures.water import glitter, wave

AFLOAT = Seating(
    wide=Seats((Seat(0.34, 0.735, 0.46), Seat(0.70, 0.69, 0.24), Seat(0.52, 0.655, 0.16)), (Seat(0.62, 0.36, 0.16),)),
    tall=Seats((Seat(0.50, 0.735, 0.58), Seat(0.24, 0.665, 0.2)), (Seat(0.3, 0.40, 0.2),)),
)


_GROUPS = {3: ("far", 0.2), 5: ("waves-1", 0.9)}
"""Sheets of water that end a depth group, and what it is called."""


def paint(stage: Stage) -> Iterator[None]:
    open_sky(stage, clouds=3, birds=6, radius=0.10)
    if stage.has("lighthouse"):
        lighthouse_islet(stage)
    yield from waves(stage, 1.0)


def lighthouse_islet(stage: Stage) -> None:
    """A far rock with its light, on the calm side."""
    x = stage.side(0.80 if not stage.tall else 0.76)
    top = islet(stage, x, 0.535, 0.17, 0.055)
    draw_lighthouse(stage, Spot(x, top, stage.unit * 0.27, -1 if stage.left else 1))


def waves(stage: Stage, force: float) -> Iterator[None]:
    """Six sheets of water; illustrations float between the fourth and the fifth."""
    p, horizon, canvas = stage.palette, 0.51, stage.canvas
    papers = [mix(p.far, p.sky[2], 0.25), *(p.paper(0.05 + 0.19 * k) for k in range(5))]
    sheet(canvas, flat(canvas, stage.y(horizon)), shade(papers[0], 0.04), papers[1], 0.12, 0.018, 0.2, 0.3)
    if force <= 1:
        glitter(stage, horizon)
    for k in range(1, 6):
        length, height = (0.10 + 0.055 * k) * (1.0 + 0.35 * force), (0.0035 + 0.0056 * k) * force
        trough = stage.hero_x() if k == 4 else None
        line = wave(stage, horizon + 0.060 * k + (0.02 if k == 5 else 0), length, height, trough)
        if k == 4:
            yield
        sheet(canvas, line, shade(papers[k], 0.05), shade(papers[k], -0.05), 0.26, 0.018, 0.28, 0.25)
        if k in _GROUPS:
            stage.group(*_GROUPS[k])


BACKDROP = Backdrop(
    "sea", paint, night=("midnight", "polar"), seating=AFLOAT, stance=Stance.SAIL, admits=at_sea, weather=True
)
