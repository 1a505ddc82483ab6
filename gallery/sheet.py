"""A film at a glance: frames from its whole length on one sheet."""

from __future__ import annotations

from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

FRAMES, COLUMNS, GAP = 16, 4, 8
LONGER = 480
"""Pixels of a frame's longer side."""


def contact_sheet(video: Path, to: Path) -> None:
    """A JPEG of sixteen frames at even distances, in reading order."""
    frames = list(even(video))
    height, width = frames[0].shape[:2]
    rows = -(-len(frames) // COLUMNS)
    sheet = np.full((rows * (height + GAP) + GAP, COLUMNS * (width + GAP) + GAP, 3), 24, np.uint8)
    for number, frame in enumerate(frames):
        top, left = (
            GAP + place * (side + GAP) for place, side in zip(divmod(number, COLUMNS), (height, width), strict=True)
        )
        sheet[top : top + height, left : left + width] = frame
    cv2.imwrite(str(to), sheet, [cv2.IMWRITE_JPEG_QUALITY, 88])


def even(video: Path) -> list[NDArray[np.uint8]]:
    with av.open(video) as film:
        total = film.streams.video[0].frames
        wanted = {int(total * (number + 0.5) / FRAMES) for number in range(FRAMES)}
        return [small(frame) for number, frame in enumerate(film.decode(video=0)) if number in wanted]


def small(frame: av.VideoFrame) -> NDArray[np.uint8]:
    share = LONGER / max(frame.width, frame.height)
    pixels = frame.to_ndarray(format="bgr24")
    return np.asarray(cv2.resize(pixels, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8)
