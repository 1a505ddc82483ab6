"""Chunks that are in the store already, and whether they are whole."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from philo_contracts.shapes import Blob
from philo_render.film import Chunk, Format
from philo_render.orders import chunk_key
from philo_render.ports import Ports
from philo_render.tasks.fetching import MissingBlobs, downloads
from philo_render.tasks.scratch import scratch_folder

CHUNK = "application/vnd.philo.chunk"


async def found(plans: Iterable[Chunk], ports: Ports) -> dict[str, Blob]:
    """By their names; nothing of them is read. An empty object is none."""
    names = [chunk_key(chunk) for chunk in plans]
    sizes = await asyncio.gather(*(ports.objects.size(name) for name in names))
    return {
        name: Blob(key=name, size_bytes=size, media_type=CHUNK) for name, size in zip(names, sizes, strict=True) if size
    }


async def whole_of(there: dict[str, Blob], clock: Format, ports: Ports) -> dict[str, Blob]:
    """Those of them that a film can be joined of. All are read."""
    async with scratch_folder(ports.scratch) as folder:
        try:
            files = await downloads(ports.objects, there.values(), folder)
        except MissingBlobs as error:
            gone = {blob.key for blob in error.blobs}
            return await whole_of({name: blob for name, blob in there.items() if name not in gone}, clock, ports)
        spoilt = {list(files)[number] for number in await ports.crew.unusable(list(files.values()), clock)}
    return {name: blob for name, blob in there.items() if name not in spoilt}
