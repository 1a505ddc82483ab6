"""The poles: icebergs in a cold sea, a green curtain in the sky by night."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import rolling
from philo_render.pictures.living import VESSELS, out_of_doors
from philo_render.pictures.pack import Icon
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import WHITE, Colour, mix, shade
from philo_render.pictures.painting.noise import noise_line
from philo_render.pictures.painting.paper import flat, layer, sheet
from philo_render.pictures.painting.raster import enlarge, points
from philo_render.pictures.scenery import apron, open_sky
from philo_render.pictures.stage import Stage
from philo_render.pictures.water import glitter

_SEA = 0.55


def paint(stage: Stage) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    stage.sun = (stage.side(0.60), stage.y(0.36))
    open_sky(stage, clouds=2, birds=0, radius=0.07, apart=False)
    if stage.dark:
        _curtain(stage)
    snow = mix(WHITE, p.sky[2], 0.15) if not stage.dark else mix(p.far, WHITE, 0.35)
    _berg(stage, stage.side(0.80), 0.30, 0.24, mix(snow, p.sky[1], 0.35))
    sheet(canvas, flat(canvas, stage.y(_SEA)), mix(p.far, p.sky[0], 0.35), mix(p.near, p.far, 0.25), 0.2, span=0.3)
    glitter(stage, _SEA, 24)
    stage.group("far", 0.2)
    _berg(stage, stage.side(0.93), 0.24, 0.34, snow, 0.615)
    _berg(stage, stage.side(0.10), 0.16, 0.16, mix(snow, p.sky[1], 0.15), 0.60)
    stage.group("bergs", 0.29)
    for k in range(2):
        floe = rolling(stage, 0.655 + 0.055 * k, 0.014, 2.0 + k)
        layer(canvas, floe, mix(snow, p.near, 0.10 + 0.16 * k), 0.3, 0.04)
    yield
    apron(stage, tufts=0, colour=shade(mix(p.near, p.far, 0.12), 0.03 if stage.dark else -0.12))


def _berg(stage: Stage, x: float, half: float, rise: float, colour: Colour, sea: float = _SEA) -> None:
    """A broken block: a lit and a shaded face, its foot in the water."""
    u, base, t = stage.unit, stage.y(sea) + 3, np.linspace(-1, 1, 9)
    crest = (1 - np.abs(t) ** 1.7) * (0.75 + 0.45 * noise_line(stage.rng, 9, 5, 2))
    top = np.stack([x + t * half * u, base - np.maximum(crest, 0.02) * rise * u], 1)
    outline = np.concatenate([top, points([[x + half * u, base], [x - half * u, base]])])
    stage.canvas.polygon(outline, shade(colour, 0.04), foot=shade(colour, -0.10), shadow=Shadow(0, 0, u * 0.012, 0.2))
    split = int(stage.rng.integers(3, 6))
    ridge = points([top[split], [x + u * half * 0.25, base - rise * u * 0.35], [x + u * half * 0.05, base]])
    dim = top[split:] if stage.towards_light() < 0 else top[: split + 1][::-1]
    corner = points([[dim[-1][0], base]])
    stage.canvas.polygon(np.concatenate([dim, corner, ridge[::-1]]), shade(colour, -0.13), 0.55)


def _curtain(stage: Stage) -> None:
    """Northern lights: folds of light that fade upwards."""
    width, height = stage.width // 8 + 1, stage.height // 8 + 1
    y = np.arange(height, dtype=np.float32)[:, None] / height
    rays = 0.55 + 0.45 * noise_line(stage.rng, width, 16, 3)[None, :]
    for tint, rise in (("#52f2b8", 0.34), ("#5ad1ff", 0.26), ("#b07bff", 0.20)):
        hem = rise + 0.10 * noise_line(stage.rng, width, 2.0, 3)[None, :]
        below = y - hem
        glow = np.where(below < 0, np.exp(np.minimum(below, 0) / 0.12), np.exp(-np.maximum(below, 0) / 0.02)) * rays
        light = enlarge(np.clip(glow, 0, 1) * 0.42, (stage.width, stage.height), smooth=False)
        stage.canvas.cover(light, 0, 0, tint, "screen")


def _in_the_cold(icon: Icon) -> bool:
    return (out_of_doors(icon) and icon.name not in VESSELS) or icon.name == "seal"


BACKDROP = Backdrop("ice", paint, palettes=("snowfall", "dusty"), night=("polar",), admits=_in_the_cold, weather=True)
