"""Tea hills: rows of bushes follow the slopes, valleys full of morning mist."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import crown, peaks, rolling
from philo_render.pictures.living import out_of_doors
from philo_render.pictures.painting.colour import Colour, Pixels, mix, shade
from philo_render.pictures.painting.paper import mist, sheet
from philo_render.pictures.painting.plants import round_tree
from philo_render.pictures.scenery import apron, corners, open_sky
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    open_sky(stage, clouds=2, birds=5, radius=0.09)
    for k in range(2):
        line = peaks(stage, 0.53 + 0.03 * k, 0.24 - 0.07 * k, 2.0 + 0.8 * k)
        paper = mix(p.paper(0.10 + 0.14 * k), p.sky[2], 0.35 - 0.12 * k)
        sheet(canvas, line, shade(paper, 0.03), mix(paper, p.sky[2], 0.5), 0.18, 0.02, 0.1, 0.25)
        mist(canvas, stage.y(0.55 + 0.03 * k), stage.height * 0.045, p.sky[2], 0.45)
    for k in range(3):
        _slope(stage, k)
        mist(canvas, stage.y(0.635 + 0.075 * k), stage.height * 0.022, p.sky[2], 0.16 - 0.04 * k)
    yield
    apron(stage, tufts=60)
    corners(stage, blossoms=3)


def _slope(stage: Stage, k: int) -> None:
    """One hill with its rows; nearer hills have fewer, larger ones."""
    p = stage.palette
    green = mix(p.paper(0.26 + 0.17 * k), "#5f9a55" if not stage.dark else "#2c5560", 0.30)
    line = rolling(stage, 0.555 + 0.066 * k, 0.130 - 0.030 * k, 1.35 + 0.40 * k)
    if k == 1:
        for place in (0.16, 0.22, 0.84):
            x = stage.side(place)
            round_tree(stage.canvas, x, crown(line, x) + 4, stage.unit * 0.10, shade(green, -0.06))
    sheet(stage.canvas, line, shade(green, 0.06), shade(green, -0.06), 0.30, 0.024, 0.14, 0.25)
    rows = 6
    pitch = stage.height * (0.0105 + 0.0045 * k)
    for row in range(1, rows):
        spread = row * pitch * (1 + 0.12 * row)
        _hedge(stage, line + np.float32(spread), pitch * 0.55, shade(green, -0.055 + 0.018 * (row % 2)))


def _hedge(stage: Stage, line: Pixels, half: float, colour: Colour) -> None:
    """A row of round bushes as one band, light above and its own dark below."""
    x = np.arange(0, stage.width + 4, 4, dtype=np.float32)
    along = line[np.clip(x.astype(int), 0, stage.width - 1)]
    bushes = np.abs(np.sin(x / (half * 2.6))) ** 0.7 * half * 0.75
    for drop, tone in ((half * 0.55, -0.09), (0.0, 0.035)):
        top = np.stack([x, along - bushes + drop], 1)
        low = np.stack([x, along + half * 0.75 + drop], 1)[::-1]
        stage.canvas.polygon(np.concatenate([top, low]), shade(colour, tone), 0.85)


BACKDROP = Backdrop(
    "terraces", paint, palettes=("jade", "meadow"), night=("midnight",), admits=out_of_doors, weather=True
)
