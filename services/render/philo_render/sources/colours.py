"""Whatever colours a picture was saved in, as sRGB; its clear parts over a calm ground."""

from __future__ import annotations

import colorsys
import io

import numpy as np
from PIL import Image, ImageCms

from philo_render.film.planes import U8

DUSK = 0.6
"""The hue of slate, which lets warm colours glow; their own hue, darkened, would be mud."""

SRGB = ImageCms.createProfile("sRGB")


def as_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB of an L, RGB, RGBa or CMYK picture. A profile that does not fit the picture is left out of account."""
    if image.mode == "RGBa":
        clear = image.convert("RGBA")
        colours = as_srgb(clear.convert("RGB"), profile)
        colours.putalpha(clear.getchannel("A"))
        return grounded(colours)
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            shown = ImageCms.profileToProfile(image, given, SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.convert("RGB")
        return shown if shown is not None else image.convert("RGB")
    return image.convert("RGB")


def grounded(image: Image.Image) -> Image.Image:
    """An RGBA picture laid over a ground that fits: RGB."""
    pixels = np.asarray(image)
    top, bottom = ground_of(pixels)
    fall = np.linspace(0.0, 1.0, image.height)[:, None]
    column = (np.array(top) * (1 - fall) + np.array(bottom) * fall).round().astype(np.uint8)
    ground = Image.fromarray(np.repeat(column[:, None], image.width, axis=1))
    return Image.alpha_composite(ground.convert("RGBA"), image).convert("RGB")


def ground_of(rgba: U8) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Colours (0..255) at the top and foot of the ground: the picture's own hue, quiet; light under dark subjects
    and dusky under light ones, so that they stand out."""
    step = max(1, max(rgba.shape[:2]) // 128)
    sample = rgba[::step, ::step].reshape(-1, 4).astype(np.float64)
    cover = sample[:, 3:] / 255.0
    if cover.sum() < 1e-6:
        return _tone(0.11, 0.06, 0.95), _tone(0.11, 0.09, 0.88)
    red, green, blue = (sample[:, :3] * cover).sum(axis=0) / cover.sum() / 255.0
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    tint = min(1.0, saturation * 2.0)
    if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.62:
        return _tone(hue, 0.07 * tint, 0.965), _tone(hue, 0.13 * tint, 0.885)
    dusk = DUSK if hue < 0.2 or hue > 0.9 else hue
    return _tone(dusk, 0.22 + 0.16 * tint, 0.46), _tone(dusk, 0.26 + 0.18 * tint, 0.34)


def _tone(hue: float, saturation: float, value: float) -> tuple[float, float, float]:
    red, green, blue = colorsys.hsv_to_rgb(hue, saturation, value)
    return red * 255, green * 255, blue * 255
