"""Makers of awkward pictures: red on the left, blue on the right, in every way a picture can be stored."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageCms

RED, BLUE = (255, 0, 0), (0, 0, 255)


def halves(width: int = 120, height: int = 80) -> Image.Image:
    picture = Image.new("RGB", (width, height), BLUE)
    picture.paste(RED, (0, 0, width // 2, height))
    return picture


def save(image: Image.Image, kind: str, **how: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def turned(orientation: int, kind: str = "JPEG") -> bytes:
    """A file whose note says that it must be turned to be seen as red left, blue right."""
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = halves() if undo is None else halves().transpose(undo)
    note = Image.Exif()
    note[0x0112], note[0x013B] = orientation, "Somebody"
    return save(stored, kind, exif=note)


def deep(kind: str) -> bytes:
    """Sixteen bits a grey: dark on the left, light on the right."""
    ramp = np.repeat(np.linspace(0, 65535, 120).astype(np.uint16)[None], 80, axis=0)
    return save(Image.fromarray(ramp), kind)


def animated(kind: str, **how: object) -> bytes:
    later = [Image.new("RGB", (120, 80), (0, 255, 0)) for _ in range(2)]
    return save(halves(), kind, save_all=True, append_images=later, duration=100, **how)


def clear(paint: tuple[int, int, int] = (20, 40, 120), kind: str = "PNG") -> bytes:
    """A disc of one colour on nothing."""
    y, x = np.mgrid[0:200, 0:300]
    cover = (np.hypot(x - 150, y - 100) < 60).astype(np.uint8) * 255
    return save(Image.fromarray(np.dstack([np.full((200, 300, 3), paint, np.uint8), cover])), kind)


def wide_gamut() -> bytes:
    """Its profile exchanges red and blue, so that whoever leaves it out of account sees the halves the wrong way."""
    image = Image.merge("RGB", halves().split()[::-1])
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return save(image, "PNG", icc_profile=bytes(profile))
