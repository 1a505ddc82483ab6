"""A village lane at night: dark roofs against the hills, lanterns strung across, windows lit."""

from __future__ import annotations

from collections.abc import Iterator

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import rolling
from philo_render.pictures.living import in_town
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.paper import flat, layer, mist, sheet
from philo_render.pictures.painting.weather import sparks
from philo_render.pictures.roofs import garland, pavilion
from philo_render.pictures.scenery import apron, open_sky
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, rng = stage.palette, stage.canvas, stage.rng
    stage.sun = (stage.side(0.80), stage.y(0.17))
    open_sky(stage, clouds=2, birds=0, radius=0.075, apart=False)
    for k in range(2):
        layer(canvas, rolling(stage, 0.42 + 0.06 * k, 0.10, 1.7 + k), p.paper(0.15 + 0.2 * k), 0.06)
    mist(canvas, stage.y(0.58), stage.height * 0.05, mix(p.sky[2], p.accent, 0.3), 0.30)
    light = mix(p.accent, "#fff0c4", 0.35)
    for row in range(3):
        base, count = 0.60 + 0.06 * row, max(3, int((6 - row) * (stage.width / stage.height) / 1.6))
        paper = mix(p.paper(0.45 + 0.2 * row), "#5a2a2a", 0.12)
        for q in range(count):
            x = stage.width * (q + rng.uniform(0.25, 0.75)) / count
            open_lane = row == 2 and bool(stage.plan.illustrations) and abs(x - stage.hero_x()) < stage.unit * 0.26
            if not open_lane:
                floors = int(rng.integers(1, 3))
                pavilion(
                    stage,
                    x,
                    stage.y(base),
                    stage.unit * (0.19 + 0.06 * row) * rng.uniform(0.85, 1.15),
                    paper,
                    light,
                    floors,
                )
        layer(canvas, flat(canvas, stage.y(base)), shade(paper, -0.03), 0.04, 0.02)
        mist(canvas, stage.y(base), stage.height * 0.035, p.accent, 0.12)
    sheet(canvas, flat(canvas, stage.y(0.735)), mix(p.paper(0.75), p.accent, 0.14), p.near, 0.2, 0.02, 0.1, 0.12)
    canvas.glow(stage.hero_x(), stage.y(0.77), stage.unit * 0.5, p.accent, 0.30, "screen", 0.16)
    _lights(stage)
    yield
    apron(stage, tufts=0)
    stage.moves("sparks", lambda rng: sparks(canvas, rng, p.accent, 22, stage.y(0.7) / stage.height))


def _lights(stage: Stage) -> None:
    w, unit = stage.width, stage.unit
    spans = (
        (-0.02, 0.10, 0.62, 0.22, 0.05, 5, 0.030),
        (0.45, 0.16, 1.02, 0.05, 0.07, 5, 0.040),
        (-0.02, 0.30, 0.40, 0.36, 0.05, 4, 0.023),
    )
    for x0, y0, x1, y1, sag, count, size in spans:
        ends = (stage.side(x0), stage.y(y0)), (stage.side(x1), stage.y(y1))
        fewer = max(3, count - 1) if w < stage.height * 1.2 else count
        garland(stage, *ends, stage.height * sag, fewer, unit * size)


BACKDROP = Backdrop(
    "village", paint, palettes=("lamplight",), night=("lamplight",), admits=in_town, lamplit=True, weather=True
)
