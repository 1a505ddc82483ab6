"""A still lake that mirrors mountains and sky, reeds in front."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import peaks, rolling
from philo_render.pictures.living import SWIMMERS, out_of_doors
from philo_render.pictures.pack import Icon
from philo_render.pictures.painting.colour import Pixels, mix, rgb, shade
from philo_render.pictures.painting.paper import layer, mist, sheet
from philo_render.pictures.painting.shapes import arc, band
from philo_render.pictures.scenery import apron, open_sky, trees
from philo_render.pictures.stage import Stage

_SHORE = 0.575


def paint(stage: Stage) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    stage.sun = (stage.side(0.66), stage.y(0.26))
    open_sky(stage, clouds=2, birds=4, radius=0.09, apart=False)
    for k in range(2):
        line = np.minimum(peaks(stage, 0.55 + 0.02 * k, 0.30 - 0.10 * k, 2.0 + 0.9 * k), stage.y(_SHORE))
        paper = mix(p.paper(0.10 + 0.2 * k), p.sky[2], 0.22 - 0.1 * k)
        sheet(canvas, np.asarray(line, np.float32), shade(paper, 0.03), mix(paper, p.sky[2], 0.3), 0.22, span=0.3)
    mist(canvas, stage.y(0.55), stage.height * 0.03, p.sky[2], 0.35)
    woods = rolling(stage, _SHORE - 0.022, 0.010, 3)
    trees(stage, woods, p.paper(0.55), 0.055, 26, firs=True)
    layer(canvas, woods, p.paper(0.52), 0.06)
    _mirror(stage)
    yield
    line = apron(stage, tufts=120, tall=0.05)
    _reeds(stage, line)


def _mirror(stage: Stage) -> None:
    """What stands above the shore, turned over, rippled and darkened."""
    canvas, p = stage.canvas, stage.palette
    shore = int(stage.y(_SHORE))
    deep = min(stage.height - shore, shore)
    above = canvas.pixels[shore - deep : shore][::-1]
    small = cv2.resize(above, (stage.width // 4, max(1, deep // 4)), interpolation=cv2.INTER_AREA)
    soft = cv2.resize(cv2.GaussianBlur(small, (0, 0), 2.2, sigmaY=0.8), (stage.width, deep))
    rows = np.arange(deep, dtype=np.float32)
    sway = np.sin(rows / (0.0045 * stage.height)) * (0.0008 + 0.004 * rows / deep) * stage.width
    across, down = np.meshgrid(np.arange(stage.width, dtype=np.float32), rows)
    water: Pixels = np.asarray(
        cv2.remap(soft, across + sway[:, None], down, cv2.INTER_LINEAR, borderMode=4), np.float32
    )
    share = np.linspace(0.18, 0.62, deep, dtype=np.float32)[:, None, None]
    water += (rgb(mix(p.near, p.far, 0.45)) - water) * share
    canvas.lay(np.s_[shore : shore + deep, :], water, np.ones((deep, stage.width), np.float32))
    mist(canvas, stage.y(_SHORE), stage.height * 0.004, mix(p.sun, p.sky[2], 0.4), 0.35)


def _reeds(stage: Stage, line: Pixels) -> None:
    """Bulrushes on the far side from the hero."""
    p, rng, t = stage.palette, stage.rng, np.linspace(0, 1, 12)
    for _ in range(16):
        x = stage.side(float(rng.uniform(0.84, 1.0)))
        tall, lean = stage.unit * float(rng.uniform(0.10, 0.24)), stage.unit * float(rng.normal(0, 0.02))
        base = float(line[int(np.clip(x, 0, stage.width - 1))]) + 6
        tip = (x + lean, base - tall)
        stage.canvas.polygon(band(x + lean * t**2, base - tall * t, stage.unit * 0.0032), mix(p.near, p.far, 0.12))
        head = arc(tip[0], tip[1] + tall * 0.12, stage.unit * 0.0085, tall * 0.14)
        stage.canvas.polygon(head, mix(p.near, p.accent, 0.30))


def _by_the_lake(icon: Icon) -> bool:
    return out_of_doors(icon) or (icon.name in SWIMMERS and icon.name in {"turtle", "swan"})


BACKDROP = Backdrop("lake", paint, night=("midnight", "polar"), admits=_by_the_lake, weather=True)
