"""Objects for the work in hand."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from philo_contracts.shapes import Blob
from philo_kernel.objects import Objects
from philo_render import crew
from philo_render.film import Material, Sources


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


@asynccontextmanager
async def scratch_folder(scratch: Path | None) -> AsyncIterator[Path]:
    """Raises `Passing` in words when none can be made."""
    place = scratch or Path(tempfile.gettempdir())
    try:
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="philo-", dir=place))
    except OSError as error:
        raise crew.no_room(place, error) from error
    try:
        yield folder
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def download(objects: Objects, key: str, path: Path) -> None:
    """Raises `MissingObject`, and `Passing` in words when the disk is full."""
    try:
        await objects.get_file(key, path)
    except OSError as error:
        raise crew.no_room(path.parent, error) from error
