"""Picture files become pixels: eight bits a channel, of a size that a film can use, within a bounded memory."""

from __future__ import annotations

import io
import math
import struct
import warnings
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, JpegImagePlugin

from philo_render.sources.faults import PictureError
from philo_render.sources.kinds import head_of, kind

Image.MAX_IMAGE_PIXELS = None  # every picture is weighed below, before a pixel of it is decoded

LONGEST = 3840
"""Pixels of the longer side that are of use."""

ROOM = 500_000_000
"""Bytes that one picture may take while it is decoded."""

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")
WORDS = "JPEG, PNG, WebP, AVIF, GIF, TIFF and BMP"

NARROW = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}
"""Bytes a pixel as Pillow holds it; all other modes take four."""

COPIES = {"WEBP": 3, "AVIF": 2}
"""Decoders that hold the picture more than once."""

STRIP = 64
"""Rows of the reduced picture that are made at once."""

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""Exif 2.32, tag 274: what brings the stored rows upright."""

UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    EOFError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""What Pillow's readers raise at broken files."""


def opened(source: bytes | Path) -> Image.Image:
    """The file's header, read; a JPEG will be decoded at the fraction that is needed. Raises PictureError."""
    head = head_of(source)
    if not head:
        raise PictureError("picture_empty", "The file is empty: upload the picture again.")
    try:
        image = Image.open(io.BytesIO(source) if isinstance(source, bytes) else source, formats=FORMATS)
        whole = image.size
        if max(whole) > LONGEST:
            image.draft(None, _within(whole))
    except UNREADABLE as error:
        raise _refusal(head) from error
    if (needed := weight(image, whole)) > ROOM:
        image.close()
        raise PictureError(
            "picture_too_large",
            f"The picture has {whole[0]} x {whole[1]} pixels and would take {needed // 1_000_000} MB of memory: "
            f"make it {LONGEST} pixels long, which is all a film can show, and upload it again.",
        )
    return image


def _refusal(head: bytes) -> PictureError:
    found = kind(head)
    if found.endswith(("HEIC picture", "HEIF picture")):
        words = f"This is {found}, which cannot be read here: save it as JPEG and upload that."
        return PictureError("picture_unsupported", words)
    if found.endswith("picture"):
        words = f"This looks like {found}, but it is damaged: save it again, or choose another."
        return PictureError("picture_unreadable", words)
    return PictureError("picture_unreadable", f"This is {found}, not a picture. Pictures may be {WORDS}.")


def _within(size: tuple[int, int]) -> tuple[int, int]:
    """The size that fits into LONGEST."""
    scale = LONGEST / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def weight(image: Image.Image, whole: tuple[int, int]) -> int:
    """Bytes of memory that decoding and reducing takes: the picture, its reduced copy, and what the decoder keeps.

    `whole` is the size (width, height) in the file; `image` may be about to be decoded at a fraction of it.
    """
    pixels = image.width * image.height
    held = pixels * NARROW.get(image.mode, 4) * COPIES.get(image.format or "", 1)
    return held + pixels * 4 // _factor(image) ** 2 + _coefficients(image, whole)


def _coefficients(image: Image.Image, whole: tuple[int, int]) -> int:
    """A progressive JPEG is kept whole as coefficients, two bytes each, whatever the fraction."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile) or not image.info.get("progressive"):
        return 0
    grids = [across * down for _, across, down, _ in image.layer]
    return 2 * whole[0] * whole[1] * sum(grids) // max(grids)


def _factor(image: Image.Image) -> int:
    return max(1, max(image.size) // LONGEST)


class Decoded(NamedTuple):
    """Pixels in one of the modes L, RGB, RGBa, CMYK, at most LONGEST on the longer side, as they are stored; what
    brings them upright; the colour profile they are meant in."""

    pixels: Image.Image
    turn: Image.Transpose | None
    profile: bytes | None


def decoded(source: bytes | Path) -> Decoded:
    """The first frame of a picture file, with what is needed to show it right. Raises PictureError."""
    with (
        warnings.catch_warnings(action="ignore"),
        opened(source) as image,
    ):  # of notes that are broken: they are no loss
        pixels = _read(image)
        turn, profile = _turn(image), image.info.get("icc_profile")
        image.close()  # the whole size goes before the next copy comes
    if max(pixels.size) > LONGEST:
        pixels = pixels.resize(_within(pixels.size), Image.Resampling.LANCZOS)
    return Decoded(pixels, turn, profile)


def _read(image: Image.Image) -> Image.Image:
    try:
        image.load()
        return _reduced(image, _factor(image))
    except UNREADABLE as error:
        if "truncated" in str(error).lower():
            words = "The picture is cut off: a part of the file is missing. Upload it again."
            raise PictureError("picture_truncated", words) from error
        words = "The picture is damaged and cannot be decoded: save it again, or choose another."
        raise PictureError("picture_unreadable", words) from error


def _turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except UNREADABLE:  # a picture with a broken note is still a picture
        return None


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """Strip by strip, so that nothing of the full size is ever held twice."""
    darkest, brightest = _extremes(image)
    canvas: Image.Image | None = None
    for top in range(0, image.height, STRIP * factor):
        strip = image.crop((0, top, image.width, min(image.height, top + STRIP * factor)))
        part = _plain(strip, darkest, brightest)
        part = part.reduce(factor) if factor > 1 else part
        if canvas is None:
            canvas = Image.new(part.mode, (part.width, math.ceil(image.height / factor)))
        canvas.paste(part, (0, top // factor))
    if canvas is None:
        raise ValueError("the picture has no rows")
    return canvas


def _extremes(image: Image.Image) -> tuple[float, float]:
    if image.mode not in ("I", "F"):
        return 0.0, 65535.0
    found = image.getextrema()
    low, high = (float(value) for value in found if isinstance(value, int | float))
    return (0.0, 65535.0) if image.mode == "I" and low >= 0 and 255 < high <= 65535 else (low, high)


def _plain(strip: Image.Image, darkest: float, brightest: float) -> Image.Image:
    """One of L, RGB, RGBa, CMYK. Deep greys are brought from darkest..brightest to eight bits."""
    if strip.mode.startswith("I") or strip.mode == "F":
        deep = np.asarray(strip).astype(np.float32)
        share = (deep - darkest) / max(brightest - darkest, 1e-9)
        return Image.fromarray(np.nan_to_num(share * 255 + 0.5).clip(0, 255).astype(np.uint8))
    if strip.has_transparency_data:
        return strip.convert("RGBA").convert("RGBa")
    if strip.mode == "1":
        return strip.convert("L")
    return strip if strip.mode in ("L", "RGB", "CMYK") else strip.convert("RGB")
