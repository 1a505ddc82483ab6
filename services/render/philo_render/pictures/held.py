"""What paper people hold."""

from __future__ import annotations

from typing import Literal

import numpy as np

from philo_render.pictures.painting.colour import Colour, mix, shade
from philo_render.pictures.painting.shapes import arc, band, disc, slab
from philo_render.pictures.prop import Spot
from philo_render.pictures.stage import Stage

Item = Literal["none", "lantern", "basket", "staff", "book", "can", "rod", "spear", "umbrella"]


def draw_item(stage: Stage, item: Item, hand: tuple[float, float], size: float, spot: Spot) -> None:
    """Draw an item at the hand of a person `size` pixels tall."""
    if item == "lantern":
        hand_lantern(stage, hand[0], hand[1] + size * 0.015, size * 0.13)
    elif item == "basket":
        _basket(stage, hand, size)
    elif item == "book":
        _book(stage, hand, size)
    elif item == "can":
        _can(stage, hand, size, spot.facing)
    elif item == "umbrella":
        _umbrella(stage, hand, size)
    elif item != "none":
        _pole(stage, item, hand, size, spot)


def _wood(stage: Stage, colour: str) -> Colour:
    return mix(colour, stage.palette.near, 0.42 if stage.dark else 0.08)


def hand_lantern(stage: Stage, x: float, y: float, height: float) -> None:
    """A storm lantern that hangs from (x, y) and lights what is round it."""
    canvas, iron = stage.canvas, mix("#2b2730", stage.palette.near, 0.3)
    middle = y + height * 0.62
    canvas.glow(x, middle, height * 2.6, "#ffb650", 0.50, "screen")
    canvas.line(arc(x, y + height * 0.22, height * 0.20, height * 0.22, 180, 360), max(1.0, height * 0.05), iron)
    slab(canvas, (x - height * 0.24, y + height * 0.22, x + height * 0.24, y + height * 0.34), 2, iron)
    slab(
        canvas,
        (x - height * 0.19, y + height * 0.32, x + height * 0.19, y + height * 0.88),
        height * 0.08,
        "#ffd98a",
        foot="#ffb24d",
    )
    canvas.polygon(arc(x, middle + height * 0.05, height * 0.08, height * 0.17), "#fffbe8")
    slab(canvas, (x - height * 0.26, y + height * 0.86, x + height * 0.26, y + height), 2, iron)
    canvas.glow(x, middle, height * 0.65, "#ffe6b0", 0.65, "screen")


def _umbrella(stage: Stage, hand: tuple[float, float], size: float) -> None:
    """Open overhead, in the accent colour, six ribs."""
    x, top, half = hand[0], hand[1] - size * 0.60, size * 0.34
    red = mix(stage.palette.accent, "#c8433a", 0.55)
    stage.canvas.line([(x, hand[1] + size * 0.05), (x, top)], size * 0.016, _wood(stage, "#5a4034"))
    canopy = arc(x, top + size * 0.16, half, size * 0.25, 180, 360)
    scallops = [
        arc(x + half * (1 - (2 * k + 1) / 6), top + size * 0.16, half / 6, size * 0.03, 0, -180, 10) for k in range(6)
    ]
    stage.canvas.polygon(
        np.concatenate([canopy, *scallops]), shade(red, 0.04), foot=shade(red, -0.06), shadow=stage.cast(0.3)
    )
    for k in (-0.62, -0.22, 0.22, 0.62):
        q = np.linspace(0, 1, 12)
        rib = np.stack([x + half * k * q, top + size * (0.16 - 0.25 * np.sqrt(1 - q**2 * 0.98))], 1)
        stage.canvas.line(rib, max(1.0, size * 0.006), shade(red, -0.10), 0.6)


def _basket(stage: Stage, hand: tuple[float, float], size: float) -> None:
    x, y = hand[0], hand[1] + size * 0.09
    wicker = _wood(stage, "#b9854a")
    stage.canvas.line(arc(x, y, size * 0.085, size * 0.09, 180, 360), size * 0.012, wicker)
    leaf = _wood(stage, "#7fae5a")
    for k in np.linspace(-0.07, 0.07, 6):
        disc(stage.canvas, x + k * size, y - abs(0.05 - abs(k)) * size * 0.5, size * 0.026, shade(leaf, k * 0.6))
    body = [
        (x - size * 0.10, y),
        (x + size * 0.10, y),
        (x + size * 0.075, y + size * 0.11),
        (x - size * 0.075, y + size * 0.11),
    ]
    stage.canvas.polygon(body, wicker, foot=shade(wicker, -0.10))


def _book(stage: Stage, hand: tuple[float, float], size: float) -> None:
    x, y, page = hand[0], hand[1], _wood(stage, "#f7efdf")
    for side, tone in ((-1, 0.0), (1, -0.04)):
        corner = [
            (x, y),
            (x + side * size * 0.10, y - size * 0.035),
            (x + side * size * 0.10, y - size * 0.15),
            (x, y - size * 0.115),
        ]
        stage.canvas.polygon(corner, shade(page, tone))
    stage.canvas.line([(x, y), (x, y - size * 0.115)], size * 0.008, shade(page, -0.2))


def _can(stage: Stage, hand: tuple[float, float], size: float, facing: int) -> None:
    x, y = hand[0], hand[1] + size * 0.03
    tin = _wood(stage, "#6f9c8f")
    stage.canvas.line(arc(x, y + size * 0.02, size * 0.05, size * 0.055, 180, 360), size * 0.012, shade(tin, -0.08))
    slab(
        stage.canvas, (x - size * 0.06, y, x + size * 0.06, y + size * 0.11), size * 0.012, tin, foot=shade(tin, -0.08)
    )
    spout = band(
        [x + facing * size * 0.05, x + facing * size * 0.15],
        [y + size * 0.09, y + size * 0.01],
        0,
        [size * 0.016, size * 0.010],
    )
    stage.canvas.polygon(spout, shade(tin, -0.03))
    for k in range(4):
        drop = x + facing * size * (0.165 + 0.018 * k)
        stage.canvas.line(
            [(drop, y + size * (0.02 + 0.02 * k)), (drop + facing * size * 0.012, y + size * (0.10 + 0.05 * k))],
            1,
            "#dff3fa",
            0.6,
        )


def _pole(stage: Stage, item: Item, hand: tuple[float, float], size: float, spot: Spot) -> None:
    wood = _wood(stage, "#7a5636")
    foot = (hand[0] + spot.facing * size * 0.02, spot.base)
    if item == "rod":
        tip = (hand[0] + spot.facing * size * 0.55, hand[1] - size * 0.55)
        stage.canvas.line([hand, tip], size * 0.016, wood)
        stage.canvas.line([tip, (tip[0] + spot.facing * size * 0.03, tip[1] + size * 0.62)], 1, "#f4f4ee", 0.6)
        return
    top = hand[1] - size * (0.16 if item == "staff" else 0.62)
    stage.canvas.line([(hand[0], top), foot], size * 0.020, wood)
    if item == "spear":
        steel = _wood(stage, "#c3cad4")
        stage.canvas.polygon(
            [(hand[0] - size * 0.025, top), (hand[0], top - size * 0.10), (hand[0] + size * 0.025, top)], steel
        )
