"""How like its exact frames a film is: SSIM of luma (Wang et al., 2004), Gaussian window of 1.5 px, mean over frames.

Only what lies above the subtitles is compared: every contender writes with its own letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean

import av
import cv2
import numpy as np

from benchmarks.render.exact import Look, Luma, frame
from benchmarks.render.job import HEIGHT

ABOVE = round(0.8 * HEIGHT)
WINDOW, SIGMA = (11, 11), 1.5
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def likeness(film: Path, looks: Callable[[int], Look], matrix: str, every: int) -> float:
    """Mean SSIM of every nth frame; the first is `every // 2`, so that no frame of a kind is always met."""
    return fmean(ssim(shown[:ABOVE], frame(looks(number), matrix)[:ABOVE]) for number, shown in _decoded(film, every))


def ssim(one: Luma, other: Luma) -> float:
    """Of two planes of equal shape, 0..255."""
    mean_one, mean_other = _blur(one), _blur(other)
    spread_one = _blur(one * one) - mean_one * mean_one
    spread_other = _blur(other * other) - mean_other * mean_other
    shared = _blur(one * other) - mean_one * mean_other
    likeness = (2 * mean_one * mean_other + C1) * (2 * shared + C2)
    return float((likeness / ((mean_one**2 + mean_other**2 + C1) * (spread_one + spread_other + C2))).mean())


def _blur(plane: Luma) -> Luma:
    return np.asarray(cv2.GaussianBlur(plane, WINDOW, SIGMA), np.float32)


def _decoded(film: Path, every: int) -> Iterator[tuple[int, Luma]]:
    with av.open(film) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        for number, shown in enumerate(container.decode(stream)):
            if number % every == every // 2:
                yield number, _luma(shown)


def _luma(shown: av.VideoFrame) -> Luma:
    plane = shown.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)  # type: ignore[call-overload]  # a buffer
    return np.asarray(rows[: plane.height, : plane.width], np.float32)
