"""Paper people: a coat, a head, a hat and something in the hand. No faces: they are whoever the story says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from philo_render.pictures.held import Item, draw_item
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import SHADOW, Colour, mix, shade
from philo_render.pictures.painting.shapes import arc, band, disc
from philo_render.pictures.prop import Spot
from philo_render.pictures.stage import Stage

Hat = Literal["none", "cap", "straw", "hood", "crown", "helmet", "bun", "brim"]


@dataclass(frozen=True)
class Dress:
    """What tells one paper person from another."""

    coat: str
    hat: Hat = "none"
    hair: str = "#3a2a26"
    beard: bool = False
    item: Item = "none"
    night_item: Item | None = None
    young: bool = False
    skirt: bool = False
    accent: str = "#e9c46a"


def draw_figure(stage: Stage, spot: Spot, dress: Dress) -> None:
    item = dress.night_item if dress.night_item and stage.dark else dress.item
    stage.canvas.glow(spot.x, spot.base, spot.height * 0.20, SHADOW, 0.42, squash=0.16)
    _legs(stage, spot)
    _coat(stage, spot, dress)
    _head(stage, spot, dress)
    hand = _arm(stage, spot, dress, raised=item in {"lantern", "book", "spear", "staff", "umbrella"})
    draw_item(stage, item, hand, spot.height * (1.25 if dress.young else 1.0), spot)


def _paint(stage: Stage, colour: str) -> Colour:
    """A local colour under the scene's light."""
    p = stage.palette
    if stage.lamplit and stage.dark:
        return mix(mix(colour, p.near, 0.14), "#ffb866", 0.05)
    return mix(mix(colour, p.near, 0.34), p.far, 0.14) if stage.dark else mix(colour, p.sun, 0.10)


def _legs(stage: Stage, spot: Spot) -> None:
    h, boots = spot.height, shade(_paint(stage, "#2e2a33"), -0.02)
    for side in (-1, 1):
        x = spot.x + side * h * 0.055
        stage.canvas.polygon(band([x, x], [spot.base - h * 0.26, spot.base - h * 0.01], h * 0.036), boots)
        foot = arc(x + spot.facing * h * 0.018, spot.base, h * 0.058, h * 0.036, 180, 360)
        stage.canvas.polygon(foot, shade(boots, -0.02))


def _coat(stage: Stage, spot: Spot, dress: Dress) -> None:
    h, colour = spot.height, _paint(stage, dress.coat)
    top = 0.70 if dress.young else 0.76
    hem = 0.11 if dress.skirt else 0.17
    t = np.linspace(0, 1, 24)
    half = h * (0.082 + (0.115 if dress.skirt else 0.078) * t**1.25) * (1.1 if dress.young else 1.0)
    y = spot.base - h * (top - (top - hem) * t)
    half[:3] *= (0.55, 0.86, 0.97)
    light = stage.towards_light()
    shadow = Shadow(-light * h * 0.012, h * 0.01, h * 0.03, 0.30)
    stage.canvas.polygon(band(spot.x, y, half), shade(colour, 0.03), foot=shade(colour, -0.06), shadow=shadow)
    shaded = band(spot.x - light * half * 0.62, y, half * 0.38)
    stage.canvas.polygon(shaded, shade(colour, -0.10), 0.55)
    sash = h * (top - 0.30)
    stage.canvas.polygon(
        band([spot.x - half[12], spot.x + half[12]], spot.base - sash, 0, h * 0.012), shade(colour, -0.12)
    )


def _head(stage: Stage, spot: Spot, dress: Dress) -> None:
    canvas, h, x = stage.canvas, spot.height, spot.x
    radius = h * (0.125 if dress.young else 0.085)
    y = spot.base - h * (0.78 if dress.young else 0.835)
    skin, hair = _paint(stage, "#d6a079"), _paint(stage, dress.hair)
    if dress.hat in {"none", "bun", "crown"}:
        disc(canvas, x - spot.facing * radius * 0.16, y - radius * 0.26, radius * 1.06, hair)
    if dress.hat == "bun":
        disc(canvas, x - spot.facing * radius * 0.55, y - radius * 1.15, radius * 0.48, hair)
    disc(canvas, x, y, radius, skin, foot=shade(skin, -0.05), shadow=Shadow(0, h * 0.012, h * 0.014, 0.28))
    if dress.hat in {"none", "bun"}:
        canvas.polygon(
            arc(x - spot.facing * radius * 0.1, y - radius * 0.22, radius * 1.04, radius * 0.86, 180, 360), hair
        )
    if dress.beard:
        _beard(stage, x, y, radius, spot.facing)
    _hat(stage, dress, x, y, radius, spot.facing)


def _beard(stage: Stage, x: float, y: float, r: float, facing: int) -> None:
    """Whiskers from ear to ear that leave the cheeks and the nose free, long at the chin."""
    white, middle = _paint(stage, "#f1ede4"), x + facing * r * 0.10
    chin = arc(middle, y + r * 0.20, r * 0.92, r * 1.35, 0, 180, 24)
    t = np.linspace(-1, 1, 24)
    lip = np.stack([middle + t * r * 0.92, y + r * (0.56 - 0.62 * t**2)], 1)
    stage.canvas.polygon(np.concatenate([chin, lip]), white, foot=shade(white, -0.05))
    disc(stage.canvas, middle + facing * r * 0.22, y + r * 0.22, r * 0.17, shade(_paint(stage, "#e3b48f"), -0.035))


def _hat(stage: Stage, dress: Dress, x: float, y: float, r: float, facing: int) -> None:
    canvas, coat = stage.canvas, _paint(stage, dress.coat)
    shadow = Shadow(0, r * 0.14, r * 0.16, 0.32)
    if dress.hat == "cap":
        canvas.polygon(arc(x, y - r * 0.42, r * 1.04, r * 0.84, 180, 360), shade(coat, -0.05), shadow=shadow)
        canvas.polygon(
            band([x - r * 1.1, x + r * 1.1 + facing * r * 0.3], y - r * 0.42, 0, r * 0.12), shade(coat, -0.12)
        )
    elif dress.hat == "straw":
        straw = _paint(stage, "#d9b26a")
        cone = [(x - r * 2.1, y - r * 0.12), (x, y - r * 1.75), (x + r * 2.1, y - r * 0.12), (x, y + r * 0.16)]
        canvas.polygon(cone, shade(straw, 0.03), foot=shade(straw, -0.08), shadow=shadow)
        canvas.polygon(
            [(x, y - r * 1.75), (x + facing * r * 2.1, y - r * 0.12), (x, y + r * 0.16)], shade(straw, -0.10), 0.35
        )
    elif dress.hat == "hood":
        canvas.polygon(
            arc(x - facing * r * 0.12, y, r * 1.28, r * 1.30, 150 if facing > 0 else 90, 450 if facing > 0 else 390),
            coat,
        )
        disc(canvas, x + facing * r * 0.25, y + r * 0.1, r * 0.78, _paint(stage, "#e3b48f"))
    elif dress.hat == "crown":
        gold = _paint(stage, "#f2c14e")
        teeth = [(-1, 0), (-1.05, -0.8), (-0.5, -0.35), (0, -1.0), (0.5, -0.35), (1.05, -0.8), (1, 0)]
        canvas.polygon(
            [(x + a * r * 0.85, y - r * 0.72 + b * r * 0.8) for a, b in teeth], gold, foot=shade(gold, -0.08)
        )
    elif dress.hat == "helmet":
        steel = _paint(stage, "#7f8896")
        canvas.polygon(arc(x, y - r * 0.1, r * 1.16, r * 1.12, 180, 360), shade(steel, 0.04), foot=shade(steel, -0.08))
        canvas.polygon(band([x, x - facing * r * 0.5], [y - r * 1.2, y - r * 1.9], r * 0.22), _paint(stage, "#b8433a"))
    elif dress.hat == "brim":
        felt = shade(coat, -0.08)
        canvas.polygon(arc(x, y - r * 0.45, r * 0.80, r * 0.95, 180, 360), felt)
        canvas.polygon(arc(x, y - r * 0.45, r * 1.55, r * 0.20), felt, shadow=shadow)


def _arm(stage: Stage, spot: Spot, dress: Dress, raised: bool) -> tuple[float, float]:
    """The near arm; returns the hand."""
    h, f = spot.height, spot.facing
    top = 0.66 if dress.young else 0.71
    shoulder = (spot.x + f * h * 0.055, spot.base - h * top)
    hand = (spot.x + f * h * (0.215 if raised else 0.165), spot.base - h * (0.585 if raised else 0.44))
    elbow = (spot.x + f * h * 0.14, spot.base - h * (top - 0.20))
    t = np.linspace(0, 1, 12)
    x = (1 - t) ** 2 * shoulder[0] + 2 * t * (1 - t) * elbow[0] + t**2 * hand[0]
    y = (1 - t) ** 2 * shoulder[1] + 2 * t * (1 - t) * elbow[1] + t**2 * hand[1]
    sleeve = shade(_paint(stage, dress.coat), -0.015)
    stage.canvas.line(np.stack([x, y], 1), h * 0.062, sleeve)
    disc(stage.canvas, *shoulder, h * 0.036, sleeve)
    disc(stage.canvas, *hand, h * 0.030, _paint(stage, "#e3b48f"))
    return hand
