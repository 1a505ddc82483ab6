"""Where a picture's subject is: what differs from its surroundings, has edges, or is skin; nearer the middle first.

The idea of centre against surround at several scales is that of Itti, Koch and Niebur (1998), in Lab, at 64 pixels.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from philo_render.film.planes import U8

Map = NDArray[np.float32]

SIDE = 64
"""Pixels of the longer side at which is looked."""

QUIET = 3.0
"""Differences (Lab units) that are grain or a soft fall of light, not a subject."""


def subject(*pictures: U8) -> tuple[float, float]:
    """BGR pictures (height, width, 3) of one shape -> the subject's place as shares of width and height.

    Several pictures of one film are looked at together. Where nothing stands out it is the middle.
    """
    size = _size(pictures[0])
    energy = np.stack([saliency(picture, size) for picture in pictures]).mean(axis=0)
    x, y = _peak(energy)
    sure = 1.0 - float(np.exp(-energy.max() / 6.0))
    return round(0.5 + (x - 0.5) * sure, 3), round(0.5 + (y - 0.5) * sure, 3)


def saliency(bgr: U8, size: tuple[int, int]) -> Map:
    """How much each part of the picture draws the eye; 0 where nothing does. (height, width) of `size`."""
    small = cv2.resize(bgr, size, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 0.8).astype(np.float32) / 255, cv2.COLOR_BGR2LAB)
    around = [np.linalg.norm(lab - cv2.GaussianBlur(lab, (0, 0), sigma), axis=2) for sigma in (4.0, 10.0)]
    whole = np.linalg.norm(lab - lab.mean(axis=(0, 1)), axis=2)
    across, down = (cv2.Sobel(lab[:, :, 0], cv2.CV_32F, *step, ksize=3) / 8 for step in ((1, 0), (0, 1)))
    edges = cv2.GaussianBlur(cv2.magnitude(across, down), (0, 0), 2.0)
    seen = np.maximum(0, 0.4 * around[0] + 0.4 * around[1] + 0.3 * whole + 0.5 * edges - QUIET)
    return np.asarray(seen * (1.0 + 0.6 * _skin(np.asarray(small, np.uint8))) * _prior(size), np.float32)


def _skin(bgr: U8) -> Map:
    """1 where a colour could be skin: red and blue differences of skin lie close together whatever its lightness."""
    tones = cv2.cvtColor(bgr, cv2.COLOR_BGR2YCrCb)
    likely = cv2.inRange(tones, np.array([40, 138, 85]), np.array([250, 172, 122]))
    return np.asarray(cv2.GaussianBlur(likely.astype(np.float32) / 255, (0, 0), 1.5), np.float32)


def _prior(size: tuple[int, int]) -> Map:
    x, y = (((np.arange(length) + 0.5) / length - 0.5) for length in size)
    return np.asarray(0.35 + 0.65 * np.exp(-(x[None] ** 2 + y[:, None] ** 2) / (2 * 0.36**2)), np.float32)


def _peak(energy: Map) -> tuple[float, float]:
    """The middle of the strongest gathering: not the mean of two subjects, where nothing is."""
    height, width = energy.shape
    reach = 0.12 * max(width, height)
    gathered = cv2.GaussianBlur(energy, (0, 0), reach, borderType=cv2.BORDER_CONSTANT)
    row, column = divmod(int(gathered.argmax()), width)
    rows, columns = np.mgrid[0:height, 0:width]
    for _ in range(4):
        near = energy * np.exp(-((rows - row) ** 2 + (columns - column) ** 2) / (2 * (1.15 * reach) ** 2))
        total = float(near.sum())
        if total < 1e-6:
            return 0.5, 0.5
        row, column = float((near * rows).sum() / total), float((near * columns).sum() / total)
    return (column + 0.5) / width, (row + 0.5) / height


def _size(bgr: U8) -> tuple[int, int]:
    height, width = bgr.shape[:2]
    scale = SIDE / max(height, width)
    return max(4, round(width * scale)), max(4, round(height * scale))
