"""Painting in a child process: a scene becomes a picture."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from philo_contracts.shapes import Aspect
from philo_kernel import stages
from philo_render import pictures
from philo_render.film import layers
from philo_render.orders import Paint
from philo_render.pictures.composition import Composition

QUALITY = 93
THUMBNAIL = 480
"""Pixels of the longer side."""


@dataclass(frozen=True)
class Staged:
    """What a picture will show, and where the camera shall look (shares of width and height)."""

    composition: Composition
    focus: tuple[float, float]


@dataclass(frozen=True)
class Picture:
    """JPEGs, and the same picture in groups of depth where they were asked for."""

    image: bytes
    thumbnail: bytes
    layers: bytes | None = None


def stage(order: Paint) -> Staged:
    """Compose all scenes up to this one, so that it differs from them. Some milliseconds."""
    used: list[str] = []
    for scene in order.scenes:
        composition = pictures.compose(
            scene, order.size, seed=order.seed_of(scene), avoid=tuple(used), look=order.config.style
        )
        used.append(composition.backdrop)
    return Staged(composition, focus_of(composition))


def paint(composition: Composition, size: tuple[int, int], depth: bool) -> Picture:
    with stages.stage("draw the picture"):
        groups = pictures.draw_layers(composition, size) if depth else None
        image = groups.flat() if groups else pictures.draw(composition, size)
    with stages.stage("compress the picture"):
        scale = THUMBNAIL / max(image.shape[:2])
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        packed = layers.packed(groups) if groups else None
        return Picture(jpeg(image, QUALITY), jpeg(np.asarray(small, np.uint8), 85), packed)


def sample(look: str) -> bytes:
    """A JPEG that shows what a look is like."""
    return jpeg(pictures.sample(look), QUALITY)


def focus_of(composition: Composition) -> tuple[float, float]:
    """The hero, a little toward the middle; low enough that feet seen from near stand above the subtitles."""
    hero = next((placed for placed in composition.illustrations if placed.hero), None)
    low = 0.60 if composition.aspect is Aspect.TALL else 0.70
    if hero is None:
        return (0.42 if composition.left else 0.58, low)
    return (round(0.5 + (hero.x - 0.5) * 0.6, 3), low)


def jpeg(image: NDArray[np.uint8], quality: int) -> bytes:
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(data).tobytes()
