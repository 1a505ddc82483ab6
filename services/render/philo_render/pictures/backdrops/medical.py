"""The studio with a heartbeat on its wall."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.backdrops.studio import SHELF
from philo_render.pictures.backdrops.studio import paint as paint_studio
from philo_render.pictures.composition import Stance
from philo_render.pictures.living import on_a_shelf
from philo_render.pictures.painting.colour import mix
from philo_render.pictures.stage import Stage

_BEAT = ((0.30, 0.035, 0.12), (0.44, 0.010, -0.14), (0.48, 0.013, 1.0), (0.53, 0.013, -0.30), (0.70, 0.05, 0.20))
"""Waves P, Q, R, S, T of an electrocardiogram: place in the beat, width, height."""


def paint(stage: Stage) -> Iterator[None]:
    yield from paint_studio(stage, _heartbeat)


def _heartbeat(stage: Stage) -> None:
    t = np.linspace(0, 1, 700)
    beat = (t * 4.5 * stage.width / stage.height / 1.78) % 1
    height = sum((tall * np.exp(-(((beat - place) / width) ** 2)) for place, width, tall in _BEAT), np.zeros_like(t))
    y = stage.y(0.40 if not stage.tall else 0.2) - height * stage.unit * 0.13
    colour = mix(stage.palette.accent, stage.palette.sky[1], 0.25)
    stage.canvas.line(np.stack([t * stage.width, y], 1), stage.unit * 0.005, colour, 0.75)


BACKDROP = Backdrop("medical", paint, indoor=True, seating=SHELF, stance=Stance.PODIUM, admits=on_a_shelf)
