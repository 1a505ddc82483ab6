"""Sky, sun and moon, stars, clouds, birds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.painting.canvas import Canvas, Shadow
from philo_render.pictures.painting.colour import WHITE, Colour, Pixels, mix, ramp, rgb
from philo_render.pictures.painting.noise import Rng, noise_field
from philo_render.pictures.painting.raster import dot, enlarge, points
from philo_render.pictures.painting.shapes import disc

_COARSE = 8  # smooth fields are made small and enlarged


@dataclass(frozen=True)
class Glow:
    """A light in the sky: place as shares of width and height, radius as a share of the short side."""

    x: float
    y: float
    radius: float
    colour: str | ArrayLike
    strength: float


@dataclass(frozen=True)
class Haze:
    """Faint cloud noise: `cells` bumps over the height."""

    colour: str | ArrayLike
    strength: float
    cells: float = 3.0


def paint_sky(
    canvas: Canvas,
    stops: Sequence[Colour],
    rng: Rng,
    glows: Sequence[Glow] = (),
    haze: Haze | None = None,
    horizon: float = 0.85,
) -> None:
    """Fill the canvas with a ramp, its lights and its haze. `horizon` is the share of the height where the ramp ends."""
    width, height = max(2, canvas.width // _COARSE), max(2, canvas.height // _COARSE)
    places = np.clip(np.linspace(0, 1 / horizon, height), 0, 1)
    field = np.repeat(ramp(stops, 256)[(places * 255).astype(int)][:, None, :], width, 1)
    for glow in glows:
        field = _lit(field, glow, stops[-1])
    if haze:
        noise = noise_field(rng, (width, height), haze.cells)
        share = np.clip((noise - 0.48) * 3.2, 0, 1) * haze.strength * np.linspace(0.8, 0.3, height)[:, None]
        # tinted towards the sky, or the sky turns grey
        field = field + (mix(haze.colour, stops[1], 0.5) - field) * share[..., None].astype(np.float32)
    canvas.pixels[:] = np.clip(enlarge(field, (canvas.width, canvas.height)), 0, 1)
    canvas.hide(np.s_[:, :], 1)


def _lit(field: Pixels, glow: Glow, horizon: Colour) -> Pixels:
    height, width = field.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = ((x - glow.x * width) ** 2 + (y - glow.y * height) ** 2) / (glow.radius * min(width, height)) ** 2
    share = (glow.strength * np.exp(-distance))[..., None]
    colour = mix(glow.colour, horizon, 0.45)
    return np.asarray(field * (1 - share) + (colour * 0.55 + np.maximum(field, colour) * 0.45) * share, np.float32)


def paint_sun(canvas: Canvas, x: float, y: float, radius: float, colour: ArrayLike, sky: ArrayLike) -> None:
    """A disc with two halos."""
    canvas.glow(x, y, radius * 3.2, colour, 0.32, "screen")
    canvas.glow(x, y, radius * 1.7, colour, 0.42, "screen")
    disc(canvas, x, y, radius, colour, 0.97, mix(colour, sky, 0.30))


def paint_moon(canvas: Canvas, rng: Rng, x: float, y: float, radius: float, colour: ArrayLike, sky: ArrayLike) -> None:
    """The sun's disc with a few pale seas."""
    paint_sun(canvas, x, y, radius, colour, sky)
    for _ in range(6):
        turn, away, size = rng.uniform(0, 6.28), rng.uniform(0.1, 0.62) * radius, rng.uniform(0.07, 0.20) * radius
        disc(canvas, x + away * np.cos(turn), y + away * np.sin(turn), size, mix(colour, sky, 0.30), 0.30)


def paint_stars(canvas: Canvas, rng: Rng, count: int, lowest: float, colour: ArrayLike = WHITE) -> None:
    """Stars between the top and `lowest` pixels, fainter towards it."""
    for _ in range(count):
        x, y, size = rng.uniform(0, canvas.width), rng.uniform(0, lowest), rng.pareto(3.2) + 0.5
        strength = rng.uniform(0.35, 1) * (1 - 0.6 * y / max(1.0, lowest))
        radius = min(size, 2.6) * canvas.unit / 1080
        canvas.glow(x, y, max(0.7, radius), colour, 0.9 * strength, "screen")
        if size > 2.3:
            canvas.glow(x, y, radius * 6, colour, 0.22, "screen")
        canvas.star(x, y, strength * radius)


def paint_cloud(canvas: Canvas, rng: Rng, x: float, y: float, width: float, colour: ArrayLike, foot: ArrayLike) -> None:
    """A paper cloud with a flat foot: circles united on one mask."""
    height = width * 0.42
    mask = np.zeros((int(height * 1.35) + 4, int(width) + 4), np.uint8)
    base, count = mask.shape[0] - 4, int(rng.integers(4, 7))
    for k, place in enumerate(np.linspace(0.22, 0.78, count)):
        radius = height * (0.24 + 0.32 * np.sin(np.pi * (k + 0.5) / count) * rng.uniform(0.75, 1.1))
        dot(mask, place * width, base - radius * 0.95, radius)
    end = height * 0.13
    for place in (0.12, 0.88):
        dot(mask, place * width, base - end, end)
    mask[int(base - 2 * end) : base, int(width * 0.12) : int(width * 0.88)] = 255
    mask[base:] = 0
    shadow = Shadow(0, canvas.unit * 0.012, canvas.unit * 0.016, 0.16)
    canvas.stencil(mask, int(x - width / 2), int(y - height / 2), colour, 0.93, mix(colour, foot, 0.35), shadow)


def paint_birds(canvas: Canvas, rng: Rng, x: float, y: float, count: int, size: float, colour: ArrayLike) -> None:
    """A loose flock round (x, y), wings of `size` pixels."""
    t = np.linspace(-1, 1, 15)
    lift = -np.abs(np.sin(np.abs(t) * np.pi * 0.8)) * 0.35
    under = lift + 0.13 * (1 - np.abs(t))
    wings = points(np.concatenate([np.stack([t, lift], 1), np.stack([t, under], 1)[::-1]]))
    for _ in range(count):
        place = rgb([x + rng.normal(0, size * 4), y + rng.normal(0, size * 1.6)])
        canvas.polygon(wings * rng.uniform(0.6, 1.1) * size + place, colour, 0.85)
