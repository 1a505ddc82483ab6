"""The night between worlds: a nebula, stars, the limb of a planet."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.composition import Stance
from philo_render.pictures.living import in_space
from philo_render.pictures.painting.colour import mix, ramp, shade
from philo_render.pictures.painting.noise import noise_field
from philo_render.pictures.painting.raster import enlarge
from philo_render.pictures.painting.shapes import disc
from philo_render.pictures.painting.sky import Glow, paint_sky, paint_stars
from philo_render.pictures.stage import Stage

ADRIFT = Seating(
    wide=Seats((), (Seat(0.34, 0.64, 0.44), Seat(0.66, 0.42, 0.20), Seat(0.53, 0.68, 0.15))),
    tall=Seats((), (Seat(0.50, 0.66, 0.60), Seat(0.26, 0.26, 0.22), Seat(0.76, 0.74, 0.20))),
)


def paint(stage: Stage) -> Iterator[None]:
    p, rng = stage.palette, stage.rng
    glows = (
        Glow(rng.uniform(0.2, 0.8), rng.uniform(0.2, 0.7), 0.7, p.accent, 0.35),
        Glow(rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.6), 0.6, "#2fb6c9", 0.28),
    )
    paint_sky(stage.canvas, p.sky, rng, glows)
    _nebula(stage)
    paint_stars(stage.canvas, rng, 340, stage.height * 1.6)
    _planet(stage)
    _moon(stage)
    yield


def _nebula(stage: Stage) -> None:
    p, canvas = stage.palette, stage.canvas
    width, height = max(2, stage.width // 8), max(2, stage.height // 8)
    cloud, hue = noise_field(stage.rng, (width, height), 3, 5, 0.55), noise_field(stage.rng, (width, height), 2)
    down, across = np.mgrid[0:height, 0:width]
    slope = across / width if stage.left else 1 - across / width
    band = np.exp(-(((down / height - 0.10 - 0.65 * slope) / 0.22) ** 2))
    colours = ramp([p.sky[1], "#8a3fa0", p.accent, "#ffe6c4"], 64)
    light = colours[np.clip((hue * 1.4 - 0.2) * 64, 0, 63).astype(int)]
    light = light * (np.clip((cloud - 0.42) * 2.6, 0, 1) * band)[..., None].astype(np.float32)
    whole = np.clip(enlarge(light, (stage.width, stage.height)), 0, 1)
    canvas.screen(np.s_[:, :], whole * np.float32(0.75))


def _planet(stage: Stage) -> None:
    """A blue limb with its air, below; it is the calm paper of this place."""
    p, canvas = stage.palette, stage.canvas
    radius = stage.unit * stage.rng.uniform(1.5, 1.9) * (1.0 if not stage.tall else 1.3)
    x, y = stage.side(0.62), stage.y(0.765) + radius
    for grow, alpha in ((1.05, 0.10), (1.03, 0.16), (1.014, 0.28)):
        disc(canvas, x, y, radius * grow, mix("#8fc4ff", p.accent, 0.2), alpha)
    disc(canvas, x, y, radius, mix(p.far, "#3d6fb5", 0.5), foot=p.near)
    canvas.glow(x, y - radius * 0.6, radius * 0.55, p.near, 0.75)


def _moon(stage: Stage) -> None:
    p, canvas, radius = stage.palette, stage.canvas, stage.unit * stage.rng.uniform(0.045, 0.075)
    x, y = stage.side(0.82), stage.y(0.20)
    canvas.glow(x, y, radius * 2.4, p.accent, 0.3, "screen")
    disc(canvas, x, y, radius, mix(p.accent, "#ffffff", 0.25), foot=shade(p.accent, -0.32))


BACKDROP = Backdrop(
    "space", paint, palettes=("cosmos",), indoor=True, seating=ADRIFT, stance=Stance.FLOAT, admits=in_space
)
