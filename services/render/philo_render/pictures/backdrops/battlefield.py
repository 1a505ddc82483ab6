"""War: a burning horizon, smoke, spears on dark ridges, sparks; things are silhouettes."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.typing import ArrayLike

from philo_render.pictures.backdrop import Backdrop, Grade
from philo_render.pictures.landscape import crown, rolling
from philo_render.pictures.living import warlike
from philo_render.pictures.painting.colour import Pixels, mix
from philo_render.pictures.painting.paper import layer, mist
from philo_render.pictures.painting.sky import Glow, Haze, paint_sky, paint_sun
from philo_render.pictures.painting.weather import sparks
from philo_render.pictures.scenery import apron, sheets
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, rng, u = stage.palette, stage.canvas, stage.rng, stage.unit
    x, y = stage.side(0.66), stage.y(0.44)
    glows = (Glow(x / stage.width, y / stage.height, 0.9, p.sun, 0.6), Glow(0.5, 0.6, 1.0, p.accent, 0.3))
    paint_sky(canvas, p.sky, rng, glows, Haze(p.near, 0.34, 2.5))
    paint_sun(canvas, x, y, u * 0.16, p.sun, p.accent)
    papers = sheets(stage, 4)
    for k in range(3):
        for _ in range(2):
            _smoke(stage, rng.uniform(0.05, 0.95) * stage.width, 0.60 + 0.05 * k)
        line = rolling(stage, 0.57 + 0.075 * k, 0.045, 3 + k, 5, 0.5)
        layer(canvas, line, papers[k], 0.10, 0.02)
        mist(canvas, float(line.mean()) + stage.height * 0.03, stage.height * 0.035, mix(p.sky[2], p.accent, 0.2), 0.26)
        if k == 1:
            _spears(stage, line, papers[3])
    yield
    apron(stage, tufts=0)
    stage.moves("sparks", lambda rng: sparks(canvas, rng, p.accent, 60, stage.y(0.78) / stage.height))


def _smoke(stage: Stage, x: float, base: float) -> None:
    p, u = stage.palette, stage.unit
    for k in range(14):
        t = k / 14
        place = (x + t * t * u * 0.22 + stage.rng.normal(0, 0.01) * u, stage.y(base - 0.40 * t))
        stage.canvas.glow(*place, u * (0.018 + 0.07 * t), mix(p.near, p.sky[1], 0.35 + 0.5 * t), 0.28 * (1 - t) ** 1.3)


def _spears(stage: Stage, line: Pixels, colour: ArrayLike) -> None:
    p, canvas, rng, u = stage.palette, stage.canvas, stage.rng, stage.unit
    for k in range(18):
        x = rng.uniform(0, 1) * stage.width
        tall, base = u * rng.uniform(0.06, 0.12), crown(line, x)
        lean = rng.normal(0, 0.12) * tall
        canvas.line([(x, base + 4), (x + lean, base - tall)], u * 0.004, colour)
        if k % 3 == 0:
            flag = [(x + lean, base - tall), (x + lean + u * 0.06, base - tall + u * 0.010)]
            flag += [(x + lean + u * 0.045, base - tall + u * 0.024), (x + lean * 0.8, base - tall + u * 0.034)]
            canvas.polygon(flag, mix(p.accent, p.near, 0.40))


BACKDROP = Backdrop(
    "battlefield", paint, palettes=("ash", "ember"), admits=warlike, grade=Grade(ink=0.86, rim=0.9, saturation=0.5)
)
