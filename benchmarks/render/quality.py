"""How large Philo's file is when it looks as much like its exact frames as ffmpeg's does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.render.contest import CRF, SMOOTH, TWO, Result
from benchmarks.render.job import Job

COARSER, FINER = (26, 30), (21, 18)


@dataclass(frozen=True)
class Point:
    crf: int
    size: int
    ssim: float


@dataclass(frozen=True)
class Equal:
    """Philo's files, and the size that lies between them at the peer's SSIM; None where they do not reach it."""

    points: tuple[Point, ...]
    peer: Point
    size: float | None


def equal(job: Job, results: dict[str, Result], every: int) -> Equal:
    """Encode Philo's film ever coarser, or finer, until ffmpeg's smooth one lies between two of them."""
    peer = _point(CRF, results[SMOOTH.name])
    points = [_point(CRF, results[TWO.name])]
    better = points[0].ssim > peer.ssim
    for crf in COARSER if better else FINER:
        TWO.run(job, crf)
        points.append(Point(crf, TWO.film(job, crf).stat().st_size, TWO.likeness(job, every, crf) or 0.0))
        if (points[-1].ssim > peer.ssim) is not better:
            break
    return Equal(tuple(points), peer, _between(points, peer.ssim))


def _point(crf: int, result: Result) -> Point:
    return Point(crf, result.size, result.ssim or 0.0)


def _between(points: list[Point], ssim: float) -> float | None:
    """Sizes grow by factors, so their logarithms are interpolated."""
    rising = sorted(points, key=lambda point: point.ssim)
    if not rising[0].ssim <= ssim <= rising[-1].ssim:
        return None
    return float(np.exp(np.interp(ssim, [p.ssim for p in rising], [np.log(p.size) for p in rising])))
