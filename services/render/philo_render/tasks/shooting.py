"""The chunks of a scene that are not there yet: drawn in runs by free children, each stored as soon as it is drawn."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from philo_contracts.shapes import Blob
from philo_render import figures
from philo_render.crew import Drawn
from philo_render.film import Chunk, Sources
from philo_render.orders import chunk_key
from philo_render.ports import Ports
from philo_render.reporter import Progress
from philo_render.tasks.finding import CHUNK

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

RUN = 3
"""Chunks that one child draws in a row: few, so that the last scene is shared out; a child packs its pictures once."""
PARTING = 0.3
"""Seconds that uploads still have when nobody waits for the scene any more; the store may be away."""
AT_ONCE = 16
"""Runs of one scene that wait or work at the same time, and so three times as many chunks that wait for the store."""


class Shooting:
    """One scene being drawn. What is stored stays stored, whatever happens to the rest."""

    def __init__(self, job: str, ports: Ports, sources: Sources, frames: int, done: int, progress: Progress) -> None:
        self.job, self.ports, self.sources = job, ports, sources
        self.frames, self.done, self.progress = frames, done, progress
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.stored: dict[str, Blob] = {}

    async def of(self, chunks: Sequence[Chunk]) -> dict[str, Blob]:
        """The stored chunks by their names. The first error of a run stops the others."""
        runs = [chunks[start : start + RUN] for start in range(0, len(chunks), RUN)]
        try:
            async with asyncio.TaskGroup() as group:
                for run in runs:
                    group.create_task(self._run(run))
        except BaseExceptionGroup as failed:
            raise failed.exceptions[0] from failed
        return self.stored

    async def _run(self, chunks: Sequence[Chunk]) -> None:
        storing: list[asyncio.Task[None]] = []
        wanted = {chunk.key: chunk for chunk in chunks}

        def hear(news: int | Drawn) -> None:
            if isinstance(news, Drawn):
                chunk = wanted[news.key]
                log.info("chunk drawn", chunk=chunk_key(chunk), size=len(news.body))
                figures.drawn(chunk, news.seconds)
                storing.append(asyncio.create_task(self._keep(chunk_key(chunk), news.body)))
            else:
                self.done += news
                self.progress((self.done, self.frames))

        async with self.turns:
            try:
                await self.ports.crew.shoot(self.job, chunks, self.sources, hear)
            except asyncio.CancelledError:
                await parted(storing)
                raise
            except Exception:
                await asyncio.gather(*storing, return_exceptions=True)  # what the child has said first is the reason
                raise
            await asyncio.gather(*storing)

    async def _keep(self, name: str, body: bytes) -> None:
        self.stored[name] = await self.ports.objects.put(name, body, CHUNK)


async def parted(storing: Sequence[asyncio.Task[None]]) -> None:
    """Nothing of it goes on afterwards."""
    if storing:
        _, late = await asyncio.wait(storing, timeout=PARTING)
        for one in late:
            one.cancel()
        await asyncio.gather(*storing, return_exceptions=True)
