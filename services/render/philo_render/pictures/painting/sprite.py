"""Sets one illustration into the picture: sized, turned, graded to the light, rimmed, grounded."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.painting.canvas import Canvas, Shadow
from philo_render.pictures.painting.colour import SHADOW, Pixels, rgb
from philo_render.pictures.painting.raster import blur, enlarge, shrink

_GREY = np.array([0.3, 0.59, 0.11], np.float32)


@dataclass(frozen=True)
class Look:
    """How a scene's light falls on things: shares of 0..1; `light` is +1 when it comes from the right."""

    tint: ArrayLike
    tint_share: float
    saturation: float
    ink: ArrayLike
    ink_share: float
    rim: ArrayLike
    rim_share: float
    light: int


@dataclass(frozen=True)
class Pose:
    """The middle of the foot and the height in pixels; `cut` is the share taken off below, `tilt` is in degrees."""

    x: float
    base: float
    height: float
    flip: bool = False
    cut: float = 0.0
    tilt: float = 0.0
    widest: float | None = None


def fitted(source: Pixels, pose: Pose) -> Pixels:
    """Cut, sized, mirrored and turned; premultiplied RGBA."""
    kept = source[: int(source.shape[0] * (1 - pose.cut))]
    tall, wide = kept.shape[:2]
    scale = pose.height * (1 - pose.cut) / max(tall, wide * 0.62)
    if pose.widest is not None:
        scale = min(scale, pose.widest / wide)
    size = max(2, int(wide * scale)), max(2, int(tall * scale))
    sized = np.clip(shrink(kept, size) if scale < 0.7 else enlarge(kept, size), 0, 1)
    if pose.flip:
        sized = np.ascontiguousarray(sized[:, ::-1])
    return _turned(sized, pose.tilt) if pose.tilt else sized


def _turned(image: Pixels, degrees: float) -> Pixels:
    height, width = image.shape[:2]
    edge = int(np.hypot(width, height)) + 4
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turn[:, 2] += ((edge - width) / 2, (edge - height) / 2)
    return np.asarray(cv2.warpAffine(image, turn, (edge, edge), flags=cv2.INTER_LINEAR), np.float32)


def graded(image: Pixels, look: Look) -> Pixels:
    """Straight RGB (height, width, 3) of a premultiplied image under the scene's light."""
    alpha = image[..., 3:]
    colour = image[..., :3] / np.maximum(alpha, 1e-3)
    grey = (colour @ _GREY)[..., None]
    colour = grey + (colour - grey) * look.saturation
    tint = rgb(look.tint)
    colour = colour + (colour * (tint / max(float(tint.max()), 0.05)) - colour) * look.tint_share
    if look.ink_share:
        colour = colour + (rgb(look.ink) * (0.75 + 0.5 * grey) - colour) * look.ink_share
    return _rimmed(np.asarray(colour, np.float32), alpha[..., 0], look)


def _rimmed(colour: Pixels, alpha: Pixels, look: Look) -> Pixels:
    step = max(2, int(alpha.shape[0] * 0.012))
    moved = np.roll(np.roll(alpha, step, 0), -step * look.light, 1)
    edge = blur(np.clip(alpha - moved, 0, 1), max(1.0, step * 0.6))[..., None]
    return np.asarray(colour + (1 - colour) * rgb(look.rim) * edge * look.rim_share, np.float32)


def paste(canvas: Canvas, image: Pixels, pose: Pose, look: Look) -> None:
    """Draw a fitted image with its foot at the pose's place."""
    height, width = image.shape[:2]
    slack = (height - pose.height) / 2 if pose.tilt else 0.0
    x, y = int(pose.x - width / 2), int(pose.base - height + slack)
    place = canvas.box(x, y, x + width, y + height)
    if place is None:
        return
    left, top, right, bottom = place
    part = slice(top - y, bottom - y), slice(left - x, right - x)
    canvas.lay(np.s_[top:bottom, left:right], graded(image, look)[part], image[part][..., 3])


def ground(canvas: Canvas, image: Pixels, pose: Pose, look: Look, strength: float = 0.42) -> None:
    """The contact shadow below a standing thing and the long one it casts."""
    height, width = image.shape[:2]
    canvas.glow(pose.x, pose.base - height * 0.005, width * 0.40, SHADOW, strength, squash=0.09)
    _cast(canvas, image[..., 3], pose, look.light, strength * 0.5)


def _cast(canvas: Canvas, alpha: Pixels, pose: Pose, light: int, strength: float) -> None:
    """The outline laid on the ground, away from the light, worked out at quarter size."""
    height, width = alpha.shape
    small = shrink(alpha, (max(2, width // 4), max(2, height // 4)))[::-1]
    tall, wide = small.shape
    length, slant, pad = max(2, int(tall * 0.20)), int(tall * 0.55), 12
    near, far = (pad + slant, pad) if light > 0 else (pad, pad + slant)
    source = np.array([[0, 0], [wide, 0], [0, tall]], np.float32)
    target = np.array([[near, pad], [near + wide, pad], [far, pad + length]], np.float32)
    size = wide + slant + 2 * pad, length + 2 * pad
    laid = cv2.warpAffine(np.ascontiguousarray(small), cv2.getAffineTransform(source, target), size)
    soft = blur(laid, 4.0) * np.linspace(1, 0.1, size[1], dtype=np.float32)[:, None]
    whole = enlarge(soft * strength, (size[0] * 4, size[1] * 4), smooth=False)
    canvas.cover(whole, int(pose.x - width / 2 - near * 4), int(pose.base - pad * 4 - height * 0.02), SHADOW)


def floating(canvas: Canvas, image: Pixels, pose: Pose, look: Look, strength: float = 0.34) -> None:
    """The soft shadow of a thing that hangs before the paper."""
    height, width = image.shape[:2]
    mask = (image[..., 3] * 255).astype(np.uint8)
    unit = canvas.unit
    shadow = Shadow(-look.light * 0.012 * unit, 0.028 * unit, 0.033 * unit, strength)
    canvas.drop(mask, int(pose.x - width / 2), int(pose.base - height), shadow)
