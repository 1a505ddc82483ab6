"""Looking at an upload in a child process: whatever it is, only the child can die of it."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from philo_kernel.work import Hopeless
from philo_render.sources import FootageError, PictureError, normalised, understood

ROOM = 3 * 2**30
"""Bytes: the largest pictures of 8K footage that a decoder holds at once, and as much again."""

TOO_LARGE = "This cannot be read within the memory that an upload may take: make it smaller, and upload it again."

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
        with bounded(ROOM):
            return looked_at(path)
    except MemoryError as error:
        raise Hopeless("upload_too_large", TOO_LARGE) from error


@contextmanager
def bounded(most: int) -> Iterator[None]:
    """As many bytes of memory at most: some hundred bytes of a film can promise so many pictures that their index
    alone would fill any machine, and what is killed for it need not be this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def looked_at(path: Path) -> Understood:
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
