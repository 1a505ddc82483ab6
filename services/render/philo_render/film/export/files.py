"""The two ends of an export: a source that may be broken, and a target that is whole or absent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer

from philo_render.film.faults import BrokenFilmError


@contextmanager
def opened(source: Path) -> Iterator[InputContainer]:
    """The film for reading; whatever its bytes make impossible is a BrokenFilmError. What the disk says goes out."""
    try:
        with av.open(source) as film:
            if not film.streams.video:
                raise BrokenFilmError(f"{source.name} has no picture.")
            yield film
    except av.FFmpegError as fault:
        if isinstance(fault, OSError):
            raise
        raise BrokenFilmError(f"{source.name} is no whole film and cannot be exported: {fault.strerror}.") from fault


@contextmanager
def created(target: Path, kind: str, **options: str) -> Iterator[OutputContainer]:
    """A new file of this container format; if anything fails, nothing is left of it."""
    export = av.open(target, "w", format=kind, options=options)
    try:
        with export:
            yield export
    except BaseException:
        target.unlink(missing_ok=True)
        raise
