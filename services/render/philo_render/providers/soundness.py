"""Whether what came as a picture is one that can be shown."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from philo_render.providers.faults import ProviderFailing

MOST_BYTES = 40 * 1024 * 1024
"""Of one answer."""
LEAST_SIDE = 128
MOST_PIXELS = 40_000_000
MOST_STRETCHED = 4
_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


def media_type_of(image: bytes, provider: str) -> str:
    """The media type of a PNG, JPEG or WebP that decodes to its last row; by its bytes, whatever its sender called it.

    Some 20 ms for a million pixels. Raises ProviderFailing when it is none, broken, of an absurd size, or all one colour.
    """
    fault = ""
    try:
        with Image.open(BytesIO(image), formats=tuple(_KINDS)) as picture:
            kind = _KINDS[picture.format or ""]
            fault = _fault_of_size(picture.size) or _fault_of_content(picture)
    except UnidentifiedImageError:
        fault = f"no picture: {_first(image)}"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        fault = "a picture of an absurd size"
    except (OSError, SyntaxError, ValueError):  # Pillow's, for bytes that are broken or break off
        fault = "a broken picture"
    if fault:
        raise ProviderFailing(f"{provider} answered with {fault}. Try again.")
    return kind


def _fault_of_size(size: tuple[int, int]) -> str:
    """Told by the header alone: nothing is decoded that is too large."""
    short, long = sorted(size)
    if short < LEAST_SIDE or long > MOST_STRETCHED * short or short * long > MOST_PIXELS:
        return f"a picture of an absurd size ({size[0]}x{size[1]})"
    return ""


def _fault_of_content(picture: Image.Image) -> str:
    """Decodes it. A picture of one colour is what some endpoints send for one they hold back."""
    lowest_and_highest = picture.convert("RGB").getextrema()
    plain = all(isinstance(band, tuple) and band[0] == band[1] for band in lowest_and_highest)
    return "an empty picture, all of one colour" if plain else ""


def _first(image: bytes) -> str:
    if not image:
        return "nothing at all"
    return "a web page" if image.lstrip()[:1] == b"<" else f"{len(image)} bytes of something else"
