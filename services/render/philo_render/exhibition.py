"""The looks a film can have, each with a sample that is drawn once and kept."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

from philo_kernel.naming import address
from philo_kernel.objects import MissingObject
from philo_render.orders import PICTURE_VERSION
from philo_render.pictures import Look, all_looks
from philo_render.ports import Ports

JPEG = "image/jpeg"


@dataclass(frozen=True)
class Exhibition:
    ports: Ports
    turns: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    """So that many who ask at once have it drawn once."""

    def looks(self) -> list[Look]:
        return list(all_looks().values())

    async def sample(self, look: str) -> bytes:
        """A JPEG. Raises LookupError for a look that there is not."""
        if look not in all_looks():
            raise LookupError(look)
        key = address("samples", PICTURE_VERSION, look, suffix=".jpg")
        async with self.turns[look]:
            try:
                return await self.ports.objects.get(key)
            except MissingObject:
                drawn = await self.ports.crew.sample(look)
                await self.ports.objects.put(key, drawn, JPEG)
                return drawn
