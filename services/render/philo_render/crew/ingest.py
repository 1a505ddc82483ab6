"""Looking at an upload in a child process: whatever it is, only the child can die of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from philo_kernel.work import Hopeless
from philo_render.sources import FootageError, PictureError, normalised, understood

UNLIKELY = frozenset({"footage_unsupported", "footage_empty"})
"""What is said of a file that does not look like footage at all."""


@dataclass(frozen=True)
class Understood:
    """JPEGs, pixels as they are seen, and of footage its length, its clock and its codec."""

    image: bytes
    thumbnail: bytes
    width: int
    height: int
    focus: tuple[float, float]
    duration: float | None = None
    fps: float | None = None
    codec: str | None = None


def ingest(path: Path) -> Understood:
    """A picture, else footage. Raises `Hopeless` in the words of the one that it looks most like."""
    try:
        found = normalised(path)
        return Understood(found.image, found.thumbnail, found.width, found.height, found.focus)
    except PictureError as no_picture:
        return footage(path, no_picture)


def footage(path: Path, no_picture: PictureError) -> Understood:
    try:
        found = understood(path)
    except FootageError as error:
        likely = no_picture if error.code in UNLIKELY else error
        raise Hopeless(likely.code, str(likely)) from error
    return Understood(
        image=found.poster,
        thumbnail=found.thumbnails[0],
        width=found.width,
        height=found.height,
        focus=found.focus,
        duration=found.duration,
        fps=found.fps,
        codec=found.codec,
    )
