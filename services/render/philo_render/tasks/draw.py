"""Drawing: the frames of a scene."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from philo_contracts.events import RenderFailed, SceneRendered
from philo_contracts.shapes import Blob, Fault
from philo_kernel.limits import Limits, minutes
from philo_kernel.metrics import caches
from philo_kernel.work import Passing, Say, task
from philo_render.film import BrokenChunkError, Chunk, MixedChunksError
from philo_render.orders import Draw, chunk_key
from philo_render.ports import Ports
from philo_render.tasks.fetching import MissingBlobs, sources
from philo_render.tasks.finding import found, whole_of
from philo_render.tasks.shooting import Shooting
from philo_render.tasks.showing import shown

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

SHIFT = 50 * 60.0
"""Seconds after which a scene is put back into the queue, before its time is up for good: its chunks are kept."""
LONG = "The scene takes longer than a task may. What is drawn of it is kept: asked for again, it goes on from there."


def undrawn(work: Draw, fault: Fault) -> RenderFailed:
    return RenderFailed(job=work.job, fault=fault.model_copy(update={"scene_id": work.scene}))


@task(Draw, limits=Limits(minutes(60), minutes(66)), failed=undrawn)
async def draw(work: Draw, ports: Ports, say: Say) -> SceneRendered:
    """Chunks that show the same are there already after a crash, or an edit elsewhere: only the others are drawn.

    What is found is taken for whole until it proves not to be; then all of it is looked at, and what is no use drawn.
    """
    shift = asyncio.timeout(SHIFT)
    try:
        async with shift:
            return await performed(work, ports, say)
    except TimeoutError as error:
        if shift.expired():
            raise Passing(LONG) from error
        raise


async def performed(work: Draw, ports: Ports, say: Say) -> SceneRendered:
    plans = await ports.crew.plan(work)
    if work.attempt == 1:
        try:
            return await filmed(work, plans, await found(plans, ports), ports, say)
        except (BrokenChunkError, MixedChunksError, MissingBlobs) as error:
            log.warning("what was found of a scene is looked at", job=work.job, scene=work.scene, error=repr(error))
    return await filmed(work, plans, await whole_of(await found(plans, ports), plans[0].format, ports), ports, say)


async def filmed(work: Draw, plans: Sequence[Chunk], there: dict[str, Blob], ports: Ports, say: Say) -> SceneRendered:
    """The scene, and its part of the preview, with what is there already."""
    names = [chunk_key(chunk) for chunk in plans]
    missing = [chunk for chunk, name in zip(plans, names, strict=True) if name not in there]
    frames = sum(chunk.frames for chunk in plans)
    caches.asked("chunk", hits=len(there), misses=len(missing))
    if missing:
        wanted = (material for chunk in missing for material in chunk.materials)
        fetching = sources(ports.objects, wanted, ports.scratch, work.font)
        async with fetching as material, ports.reporter.telling(work, say) as progress:
            shooting = Shooting(
                work.job, ports, material, frames, frames - sum(chunk.frames for chunk in missing), progress
            )
            there = there | await shooting.of(missing)
    chunks = tuple(there[name] for name in names)
    await say(await shown(work, chunks, ports))
    return SceneRendered(
        job=work.job,
        scene=work.scene,
        revision=work.revision,
        chunks=chunks,
        frames=frames,
        duration=plans[0].format.seconds(frames),
        reused=not missing,
    )
