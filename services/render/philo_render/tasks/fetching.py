"""Objects for the work in hand."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from philo_contracts.shapes import Blob
from philo_kernel.objects import Objects


async def fetched(objects: Objects, blobs: Sequence[Blob]) -> list[bytes]:
    """All of them, a few at a time."""
    return list(await asyncio.gather(*(objects.get(blob.key) for blob in blobs)))
