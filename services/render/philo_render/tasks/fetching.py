"""Objects for the work in hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from philo_contracts.shapes import Blob
from philo_kernel.objects import MissingObject, Objects
from philo_kernel.work import Hopeless
from philo_render import crew
from philo_render.film import Material, Sources
from philo_render.tasks.scratch import scratch_folder

AT_ONCE = 4
"""Objects that one task fetches at the same time."""


class MissingBlobs(Exception):
    """Objects that are wanted are not in the store."""

    def __init__(self, blobs: Sequence[Blob]) -> None:
        super().__init__(", ".join(blob.key for blob in blobs))
        self.blobs = blobs


@asynccontextmanager
async def sources(
    objects: Objects, wanted: Iterable[Material], scratch: Path | None, font: Blob | None = None
) -> AsyncIterator[Sources]:
    """What is to be filmed: pictures as bytes, footage as files that are gone afterwards; and a font to write with, as
    bytes. Raises `Hopeless` in words when one is no longer there."""
    materials = {material.key: material for material in wanted}
    async with scratch_folder(scratch) as folder:
        got: dict[str, bytes | Path] = {}
        for number, (key, material) in enumerate(materials.items()):
            try:
                if material.kind == "footage":
                    got[key] = folder / str(number)
                    await download(objects, key, folder / str(number))
                else:
                    got[key] = await objects.get(key)
            except MissingObject as error:
                raise unseen(material) from error
        if font:
            got[font.key] = await lettering(objects, font)
        yield got


async def lettering(objects: Objects, font: Blob) -> bytes:
    try:
        return await objects.get(font.key)
    except MissingObject as error:
        raise unwritten() from error


def unwritten() -> Hopeless:
    words = "The font of the subtitles is no longer there. Upload it again, or leave it out."
    return Hopeless("font_missing", words)


def unseen(material: Material) -> Hopeless:
    if material.kind == "footage":
        return Hopeless("footage_missing", "The scene's footage is no longer there. Give the scene something to show.")
    return Hopeless("picture_missing", "The scene's picture is no longer there. Have it painted again.")


async def downloads(objects: Objects, blobs: Iterable[Blob], folder: Path) -> dict[str, Path]:
    """Each object in a file of its own, by its key, a few at a time.

    Raises `MissingBlobs`, which tells of all that are not there, and `Passing` as `download`.
    """
    wanted = {blob.key: blob for blob in blobs}
    files = {key: folder / f"part-{number}" for number, key in enumerate(wanted)}
    turns, missing = asyncio.Semaphore(AT_ONCE), []

    async def bring(blob: Blob) -> None:
        async with turns:
            try:
                await download(objects, blob.key, files[blob.key])
            except MissingObject:
                missing.append(blob)

    try:
        async with asyncio.TaskGroup() as group:
            for blob in wanted.values():
                group.create_task(bring(blob))
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from failed
    if missing:
        raise MissingBlobs(missing)
    return files


async def download(objects: Objects, key: str, path: Path) -> None:
    """Raises `MissingObject`, and `Passing` in words when the disk is full."""
    try:
        await objects.get_file(key, path)
    except OSError as error:
        raise crew.no_room(path.parent, error) from error
