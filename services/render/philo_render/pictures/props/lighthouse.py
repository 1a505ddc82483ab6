"""A lighthouse: banded tower, gallery, lantern room, dome; its beam by night unless the lamp is out."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.pack import Kind
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import WHITE, Colour, mix, shade
from philo_render.pictures.painting.raster import points
from philo_render.pictures.painting.shapes import arc, slab
from philo_render.pictures.painting.weather import beam
from philo_render.pictures.prop import Prop, Spot
from philo_render.pictures.stage import Stage

_BANDS = 5


def draw_lighthouse(stage: Stage, spot: Spot) -> None:
    lit = stage.dark and not stage.has("lamp-out")
    lamp = (spot.x, spot.base - spot.height * 0.845)
    if lit:
        _beams(stage, lamp, spot)
    _tower(stage, spot)
    _lantern_room(stage, spot, lit)
    if lit:
        stage.canvas.glow(*lamp, spot.height * 0.16, stage.palette.sun, 0.75, "screen")
        stage.canvas.glow(*lamp, spot.height * 0.05, WHITE, 0.95, "screen")


def _beams(stage: Stage, lamp: tuple[float, float], spot: Spot) -> None:
    light = mix(stage.palette.sun, "#fff1c4", 0.6)
    long = stage.unit * 1.1
    away = -0.10 if spot.facing > 0 else np.pi + 0.10
    beam(stage.canvas, *lamp, away, 0.105, long, light, 0.62)
    beam(stage.canvas, *lamp, away + np.pi, 0.085, long * 0.5, light, 0.34)


def _paints(stage: Stage) -> tuple[Colour, Colour]:
    """The light and the coloured bands, dimmed by night."""
    p = stage.palette
    if not stage.dark:
        return mix("#fbf6ec", p.sun, 0.25), mix("#cf4a3c", p.accent, 0.30)
    return mix(mix("#dfe0e8", p.far, 0.35), p.near, 0.12), mix(mix("#a8413f", p.far, 0.25), p.near, 0.18)


def _half_width(spot: Spot, up: float) -> float:
    """Half the tower's width at a share of its height: it narrows, a little faster at the foot."""
    return float(spot.height * (0.118 - 0.062 * up**0.8))


def _tower(stage: Stage, spot: Spot) -> None:
    white, red = _paints(stage)
    shadow = Shadow(-stage.towards_light() * stage.unit * 0.010, 0, stage.unit * 0.018, 0.30)
    top = 0.76
    rows = np.linspace(0, top, 40)
    half = np.array([_half_width(spot, r / top) for r in rows])
    y = spot.base - spot.height * rows
    whole = np.concatenate([np.stack([spot.x - half, y], 1), np.stack([spot.x + half, y], 1)[::-1]])
    stage.canvas.polygon(whole, white, foot=shade(white, -0.08), shadow=shadow)
    for k in range(0, _BANDS, 2):
        _band(stage, spot, top, (k / _BANDS, (k + 1) / _BANDS), red)
    _shading(stage, spot, half, y)
    for up in (0.20, 0.42, 0.62):
        _window(stage, spot.x + spot.height * 0.004, spot.base - spot.height * up, spot.height * 0.016)
    door = spot.height * 0.034
    slab(stage.canvas, (spot.x - door, spot.base - door * 3, spot.x + door, spot.base + 2), door, shade(red, -0.16))


def _band(stage: Stage, spot: Spot, top: float, reach: tuple[float, float], red: ArrayLike) -> None:
    q = np.linspace(-1, 1, 15)
    edges = []
    for up in reach:
        bow = spot.height * 0.012 * (1 - q**2)
        edges.append(np.stack([spot.x + q * _half_width(spot, up), spot.base - spot.height * top * up + bow], 1))
    stage.canvas.polygon(np.concatenate([edges[0], edges[1][::-1]]), shade(red, 0.02), foot=shade(red, -0.04))


def _shading(stage: Stage, spot: Spot, half: np.ndarray[tuple[int], np.dtype[np.float64]], y: ArrayLike) -> None:
    """The side away from the light lies in shade, the other one catches it."""
    light = stage.towards_light()
    rows = np.asarray(y)
    for s, start, colour, alpha in (
        (-light, 0.50, "#0a0f24", 0.13),
        (-light, 0.20, "#0a0f24", 0.10),
        (light, 0.66, "#ffffff", 0.22),
    ):
        inner = np.stack([spot.x + s * half * start, rows], 1)
        outer = np.stack([spot.x + s * half, rows], 1)[::-1]
        stage.canvas.polygon(np.concatenate([inner, outer]), colour, alpha)


def _window(stage: Stage, x: float, y: float, size: float) -> None:
    glass = mix(stage.palette.accent, "#fff0c0", 0.4) if stage.dark else shade(stage.palette.near, 0.05)
    frame = points(
        np.concatenate([arc(x, y - size, size, size, 180, 360), [[x + size, y + size], [x - size, y + size]]])
    )
    stage.canvas.polygon(frame, glass)


def _lantern_room(stage: Stage, spot: Spot, lit: bool) -> None:
    white, red = _paints(stage)
    h, x, canvas = spot.height, spot.x, stage.canvas
    floor = spot.base - h * 0.76
    iron = mix(stage.palette.near, "#1a2238", 0.4)
    slab(canvas, (x - h * 0.092, floor - h * 0.022, x + h * 0.092, floor + h * 0.008), 4, shade(iron, 0.05))
    for k in np.linspace(-0.085, 0.085, 9):
        canvas.line([(x + k * h, floor - h * 0.02), (x + k * h, floor - h * 0.065)], h * 0.005, iron)
    canvas.line([(x - h * 0.088, floor - h * 0.066), (x + h * 0.088, floor - h * 0.066)], h * 0.007, iron)
    glass = (
        mix("#fff3c8", stage.palette.sun, 0.4)
        if lit
        else mix("#bcd7e2", stage.palette.near, 0.45 if stage.dark else 0.1)
    )
    slab(
        canvas, (x - h * 0.048, floor - h * 0.130, x + h * 0.048, floor - h * 0.020), 3, glass, foot=shade(glass, -0.05)
    )
    for k in (-0.048, -0.016, 0.016, 0.048):
        canvas.line([(x + k * h, floor - h * 0.130), (x + k * h, floor - h * 0.020)], h * 0.006, iron)
    dome = arc(x, floor - h * 0.126, h * 0.064, h * 0.072, 180, 360)
    canvas.polygon(dome, shade(red, 0.02), foot=shade(red, -0.07), shadow=Shadow(0, h * 0.006, h * 0.008, 0.3))
    canvas.line([(x, floor - h * 0.198), (x, floor - h * 0.235)], h * 0.006, iron)
    canvas.polygon(arc(x, floor - h * 0.203, h * 0.012, h * 0.012), shade(white, -0.05))


PROPS = (Prop("lighthouse", Kind.PLACE, draw_lighthouse, size=1.5),)
