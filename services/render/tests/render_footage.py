"""Makes small footage files of every awkward kind, whose pictures tell by their grey or colours which they are."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

RED, BLUE = (255, 0, 0), (0, 0, 255)


def grey(number: int) -> int:
    """The lightness of the picture with this number."""
    return 20 + 7 * number


def halves(width: int, height: int, left: tuple[int, int, int] = RED, right: tuple[int, int, int] = BLUE) -> np.ndarray:
    """RGB."""
    picture = np.empty((height, width, 3), np.uint8)
    picture[:, : width // 2], picture[:, width // 2 :] = left, right
    return picture


def greys(count: int, width: int = 64, height: int = 48) -> list[np.ndarray]:
    return [np.full((height, width, 3), grey(number), np.uint8) for number in range(count)]


def film(
    path: Path,
    pictures: Sequence[np.ndarray],
    *,
    codec: str = "libx264",
    pixels: str = "yuv420p",
    options: dict[str, str] | None = None,
    times: Sequence[int] | None = None,
    turned: float | None = None,
    mirrored: bool = False,
    movflags: str = "",
) -> Path:
    """Writes the pictures (RGB) at 30 a second, or at `times` in milliseconds; returns the path.

    The colours are not told, and so meant in BT.601, as in all small films.
    """
    with av.open(path, "w", options={"movflags": movflags} if movflags else {}) as container:
        stream = container.add_stream(codec, rate=30, options={"g": "10", **(options or {})})
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = pixels
        if times is not None:
            stream.codec_context.time_base = Fraction(1, 1000)
        if turned is not None:
            stream.set_display_rotation(turned, hflip=mirrored)
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=pixels, dst_colorspace="ITU601")
            frame.pts = number if times is None else times[number]
            frame.time_base = Fraction(1, 30 if times is None else 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def song(path: Path) -> Path:
    """A sound file in an MP4."""
    with av.open(path, "w") as container:
        stream = container.add_stream("aac", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4800), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
