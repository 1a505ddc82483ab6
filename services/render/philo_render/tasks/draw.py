"""Drawing: the frames of a scene."""

from __future__ import annotations

import asyncio

from philo_contracts.events import RenderFailed, SceneRendered
from philo_contracts.shapes import Blob, Fault
from philo_kernel.limits import Limits, minutes
from philo_kernel.work import Say, task
from philo_render.orders import Draw, chunk_key
from philo_render.ports import Ports
from philo_render.tasks.fetching import sources
from philo_render.tasks.shooting import CHUNK, Shooting
from philo_render.tasks.showing import shown


def undrawn(work: Draw, fault: Fault) -> RenderFailed:
    return RenderFailed(job=work.job, fault=fault.model_copy(update={"scene_id": work.scene}))


@task(Draw, limits=Limits(minutes(60), minutes(66)), failed=undrawn)
async def draw(work: Draw, ports: Ports, say: Say) -> SceneRendered:
    """Chunks that show the same are there already after a crash, or an edit elsewhere: only the others are drawn."""
    plans = await ports.crew.plan(work)
    names = [chunk_key(chunk) for chunk in plans]
    sizes = await asyncio.gather(*(ports.objects.size(name) for name in names))
    found = {
        name: Blob(key=name, size_bytes=size, media_type=CHUNK)
        for name, size in zip(names, sizes, strict=True)
        if size is not None
    }
    missing = [chunk for chunk, name in zip(plans, names, strict=True) if name not in found]
    if missing:
        wanted = (material for chunk in missing for material in chunk.materials)
        fetching = sources(ports.objects, wanted, ports.scratch)
        async with fetching as material, ports.reporter.telling(work, say) as progress:
            frames = sum(chunk.frames for chunk in plans)
            shooting = Shooting(ports, material, frames, frames - sum(chunk.frames for chunk in missing), progress)
            found |= await shooting.of(missing)
    chunks = tuple(found[name] for name in names)
    await say(await shown(work, chunks, ports))
    return SceneRendered(
        job=work.job,
        scene=work.scene,
        revision=work.revision,
        chunks=chunks,
        frames=sum(chunk.frames for chunk in plans),
        duration=plans[0].format.seconds(sum(chunk.frames for chunk in plans)),
        reused=not missing,
    )
