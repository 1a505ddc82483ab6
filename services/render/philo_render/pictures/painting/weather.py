"""What falls and drifts in front of everything."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.painting.canvas import Canvas
from philo_render.pictures.painting.colour import WHITE, mix
from philo_render.pictures.painting.noise import Rng, noise_line
from philo_render.pictures.painting.raster import blur, enlarge, points, stroke
from philo_render.pictures.painting.shapes import disc


def rain(canvas: Canvas, rng: Rng, count: int = 240, colour: ArrayLike | str = "#eaf2f8") -> None:
    """Slanting streaks; `colour` must part from the sky behind them."""
    mask = np.zeros((canvas.height, canvas.width), np.uint8)
    for _ in range(count):
        x, y = rng.uniform(0, 1.1) * canvas.width, rng.uniform(-0.1, 0.95) * canvas.height
        length, value = canvas.unit * rng.uniform(0.02, 0.05), int(rng.integers(60, 170))
        stroke(mask, points([[x, y], [x - length * 0.22, y + length]]), canvas.unit * 0.0016, value)
    canvas.stencil(mask, 0, 0, colour, 0.5)


def snow(canvas: Canvas, rng: Rng, count: int = 150) -> None:
    for _ in range(count):
        radius = canvas.unit * rng.uniform(0.001, 0.0052)
        place = (rng.uniform(0, canvas.width), rng.uniform(0, canvas.height * 0.95))
        canvas.glow(*place, radius * 1.2, WHITE, rng.uniform(0.4, 0.95))


def sparks(canvas: Canvas, rng: Rng, colour: ArrayLike, count: int = 60, lowest: float = 0.8) -> None:
    """Glowing specks: embers, fireflies, dust in a beam."""
    for _ in range(count):
        x, y = rng.uniform(0, canvas.width), rng.uniform(0.12, lowest) * canvas.height
        radius = canvas.unit * rng.uniform(0.001, 0.0028)
        canvas.glow(x, y, radius * 5, colour, 0.28, "screen")
        canvas.glow(x, y, radius, mix(colour, WHITE, 0.6), 0.95)


def bubbles(canvas: Canvas, rng: Rng, lowest: float, count: int = 46) -> None:
    for _ in range(count):
        x, y = rng.uniform(0, canvas.width), rng.uniform(0, lowest)
        radius = canvas.unit * rng.uniform(0.002, 0.009)
        disc(canvas, x, y, radius, WHITE, 0.16)
        disc(canvas, x - radius * 0.3, y - radius * 0.3, radius * 0.3, WHITE, 0.5)


def shafts(canvas: Canvas, rng: Rng, x: float, colour: ArrayLike, strength: float) -> None:
    """Rays that fan out from above x."""
    width, height = max(2, canvas.width // 8), max(2, canvas.height // 8)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    turn = np.arctan2(across - x / 8, down + height * 0.25)
    rays = noise_line(rng, 512, 16, 3)[np.clip((turn + 1.6) / 3.2 * 511, 0, 511).astype(int)]
    light = np.clip(rays * 1.6, 0, 1) * np.clip(1.1 - down / height * 1.4, 0, 1)
    canvas.flood(enlarge(blur(light, 2), (canvas.width, canvas.height), smooth=False) * np.float32(strength), colour)


def beam(
    canvas: Canvas, x: float, y: float, turn: float, spread: float, length: float, colour: ArrayLike, strength: float
) -> None:
    """A cone of light from (x, y): direction and half-angle in radians, length in pixels; it fades as it goes."""
    width, height = max(2, canvas.width // 4), max(2, canvas.height // 4)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    away = np.hypot(across - x / 4, down - y / 4) + 1e-3
    off = np.abs(np.angle(np.exp(1j * (np.arctan2(down - y / 4, across - x / 4) - turn)))) / spread
    light = (
        np.clip(1.15 - off, 0, 1) ** 1.3 * np.exp(-away / (length / 4)) * np.clip(away / (canvas.unit * 0.006), 0, 1)
    )
    canvas.cover(
        np.clip(enlarge(light, (canvas.width, canvas.height), smooth=False), 0, 1) * strength, 0, 0, colour, "screen"
    )
