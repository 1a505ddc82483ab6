"""Folders for what is too large for memory: each is gone with its work, and with the process that held it."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog

from philo_kernel.work import Passing
from philo_render import crew

PREFIX = "philo-render-"
NEW = 60.0
"""Seconds in which a folder may have been made and not be held yet."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@asynccontextmanager
async def scratch_folder(scratch: Path | None, *, needed: int = 0) -> AsyncIterator[Path]:
    """Raises `Passing` in words when none can be made, or when there are less than `needed` bytes for it."""
    place = place_of(scratch)
    try:
        free = (await asyncio.to_thread(shutil.disk_usage, place)).free
        if free < needed:
            raise too_little_room(place, needed, free)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))  # at once: none is made that nobody removes
        hold = held(folder)
    except OSError as error:
        raise crew.no_room(place, error) from error
    try:
        yield folder
    finally:
        try:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        finally:
            os.close(hold)


def place_of(scratch: Path | None) -> Path:
    return scratch or Path(tempfile.gettempdir())


def held(folder: Path) -> int:
    """A descriptor whose lock tells others that the folder is in use, for as long as this process lives."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


async def sweep(scratch: Path | None) -> None:
    """Remove what killed processes have left. Whoever runs holds their own folders, also in other processes."""
    place = place_of(scratch)
    for folder in await asyncio.to_thread(lambda: sorted(place.glob(f"{PREFIX}*"))):
        await asyncio.to_thread(clear, folder)


def clear(folder: Path) -> None:
    with suppress(OSError):  # in use, gone by now, or somebody else's
        if time.time() - folder.stat().st_mtime < NEW:
            return
        hold = held(folder)
        try:
            shutil.rmtree(folder)
            log.info("removed what a killed process had left", folder=str(folder))
        finally:
            os.close(hold)


def too_little_room(place: Path, needed: int, free: int) -> Passing:
    words = (
        f"The film needs {megabytes(needed)} MB in {place}, where {megabytes(free)} MB are free: "
        f"{megabytes(needed - free)} MB are missing. Free them, or set RENDER_SCRATCH to a folder that has them, "
        "and ask for the film again."
    )
    return Passing(words, "disk_not_writable")


def megabytes(size: int) -> int:
    return -(-size // 1_000_000)
