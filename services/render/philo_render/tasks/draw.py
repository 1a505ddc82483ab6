"""Drawing: the frames of a scene."""

from __future__ import annotations

from philo_contracts.events import RenderFailed, SceneRendered
from philo_contracts.shapes import Blob, Fault
from philo_kernel.limits import Limits, minutes
from philo_kernel.work import Say, task
from philo_render.orders import Draw, segment_key
from philo_render.ports import Ports
from philo_render.tasks.fetching import fetched

SEGMENT = "application/vnd.philo.segment"


def undrawn(work: Draw, fault: Fault) -> RenderFailed:
    return RenderFailed(job=work.job, fault=fault.model_copy(update={"scene_id": work.scene}))


@task(Draw, limits=Limits(minutes(30), minutes(33)), failed=undrawn)
async def draw(work: Draw, ports: Ports, say: Say) -> SceneRendered:
    """A segment that shows the same is there already after a crash, or an edit elsewhere."""
    plan = await ports.crew.plan(work)
    key = segment_key(plan)
    size = await ports.objects.size(key)
    if size is None:
        images = dict(
            zip((blob.key for blob in work.pictures), await fetched(ports.objects, work.pictures), strict=True)
        )
        async with ports.reporter.telling(work, say) as progress:
            body = await ports.crew.shoot(plan, {name: images[name] for name in plan.pictures}, progress)
        segment = await ports.objects.put(key, body, SEGMENT)
    else:
        segment = Blob(key=key, size_bytes=size, media_type=SEGMENT)
    return SceneRendered(
        job=work.job,
        scene=work.scene,
        revision=work.revision,
        segment=segment,
        frames=plan.frames,
        duration=plan.format.seconds(plan.frames),
        reused=size is not None,
    )
