"""Objects for the work in hand."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from philo_contracts.shapes import Blob
from philo_kernel.objects import MissingObject, Objects
from philo_kernel.work import Passing
from philo_render import crew
from philo_render.film import Material, Sources

AT_ONCE = 4
"""Objects that one task fetches at the same time."""


async def fetched(objects: Objects, blobs: Sequence[Blob]) -> list[bytes]:
    """All of them, a few at a time."""
    return list(await asyncio.gather(*(objects.get(blob.key) for blob in blobs)))


@asynccontextmanager
async def sources(objects: Objects, wanted: Iterable[Material], scratch: Path | None) -> AsyncIterator[Sources]:
    """What is to be filmed: pictures as bytes, footage as files that are gone afterwards."""
    materials = {material.key: material for material in wanted}
    async with scratch_folder(scratch) as folder:
        got: dict[str, bytes | Path] = {}
        for number, (key, material) in enumerate(materials.items()):
            if material.kind == "footage":
                path = folder / str(number)
                await download(objects, key, path)
                got[key] = path
            else:
                got[key] = await objects.get(key)
        yield got


class MissingBlob(Exception):
    """An object that is wanted is not in the store."""

    def __init__(self, blob: Blob) -> None:
        super().__init__(blob.key)
        self.blob = blob


@asynccontextmanager
async def scratch_folder(scratch: Path | None, *, needed: int = 0) -> AsyncIterator[Path]:
    """Raises `Passing` in words when none can be made, or when there are less than `needed` bytes for it."""
    place = scratch or Path(tempfile.gettempdir())
    try:
        free = (await asyncio.to_thread(shutil.disk_usage, place)).free
        if free < needed:
            raise too_little_room(place, needed, free)
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="philo-", dir=place))
    except OSError as error:
        raise crew.no_room(place, error) from error
    try:
        yield folder
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def too_little_room(place: Path, needed: int, free: int) -> Passing:
    words = (
        f"The film needs {megabytes(needed)} MB in {place}, where {megabytes(free)} MB are free: "
        f"{megabytes(needed - free)} MB are missing. Free them, or set RENDER_SCRATCH to a folder that has them, "
        "and ask for the film again."
    )
    return Passing(words, "disk_not_writable")


def megabytes(size: int) -> int:
    return -(-size // 1_000_000)


async def downloads(objects: Objects, blobs: Iterable[Blob], folder: Path) -> dict[str, Path]:
    """Each object in a file of its own, by its key, a few at a time. Raises `MissingBlob`, and `Passing` as `download`."""
    wanted = {blob.key: blob for blob in blobs}
    files = {key: folder / f"part-{number}" for number, key in enumerate(wanted)}
    turns = asyncio.Semaphore(AT_ONCE)

    async def bring(blob: Blob) -> None:
        async with turns:
            try:
                await download(objects, blob.key, files[blob.key])
            except MissingObject as error:
                raise MissingBlob(blob) from error

    try:
        async with asyncio.TaskGroup() as group:
            for blob in wanted.values():
                group.create_task(bring(blob))
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from failed
    return files


async def download(objects: Objects, key: str, path: Path) -> None:
    """Raises `MissingObject`, and `Passing` in words when the disk is full."""
    try:
        await objects.get_file(key, path)
    except OSError as error:
        raise crew.no_room(path.parent, error) from error
