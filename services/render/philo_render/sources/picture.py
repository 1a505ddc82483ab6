"""An uploaded picture, made ready for a film."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from philo_render.sources.colours import as_srgb
from philo_render.sources.decoding import LONGEST, decoded
from philo_render.sources.subject import subject

QUALITY = 93
THUMBNAIL = 480
"""Pixels of the longer side."""

SMALLEST = 320
"""Pixels of the longer side below which a picture is enlarged, so that everything after it has something to hold."""

SLIMMEST = 16


class NormalPicture(NamedTuple):
    """JPEGs (sRGB, upright, no metadata), the image's size in pixels, and where its subject is (shares)."""

    image: bytes
    thumbnail: bytes
    width: int
    height: int
    focus: tuple[float, float]


def normalised(data: bytes | Path) -> NormalPicture:
    """Any picture file -> one the film can use: upright sRGB, at most 3,840 pixels long, the first frame if it moves.

    The content decides what it is, never the name. Nothing of its metadata is kept. Takes less than 600 MB of memory.
    Raises PictureError with a code and words for everything that is no use.
    """
    pixels, turn, profile = decoded(data)
    shown = _sized(as_srgb(pixels, profile))
    if turn is not None:
        shown = shown.transpose(turn)
    small = shown.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    focus = subject(np.ascontiguousarray(np.asarray(small)[:, :, ::-1]))
    return NormalPicture(jpeg(shown, QUALITY), jpeg(small, 85), shown.width, shown.height, focus)


def _sized(image: Image.Image) -> Image.Image:
    scale = max(1.0, SMALLEST / max(image.size))
    width, height = (min(LONGEST, max(SLIMMEST, round(side * scale))) for side in image.size)
    return image if (width, height) == image.size else image.resize((width, height), Image.Resampling.BICUBIC)


def jpeg(image: Image.Image, quality: int) -> bytes:
    """A fresh picture's bytes, so that no note of the old one goes along."""
    file = io.BytesIO()
    Image.fromarray(np.asarray(image)).save(file, "JPEG", quality=quality)
    return file.getvalue()
