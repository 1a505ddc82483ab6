"""Exports: a finished film in another form."""

from __future__ import annotations

from philo_contracts.events import RenderFailed, VideoExported
from philo_contracts.shapes import Fault
from philo_kernel.limits import Limits, minutes
from philo_kernel.objects import MissingObject
from philo_kernel.work import Hopeless, task
from philo_render.orders import Export
from philo_render.ports import Ports
from philo_render.tasks.fetching import download
from philo_render.tasks.scratch import scratch_folder

TYPES = {"webm": "video/webm", "gif": "image/gif"}
GONE = "The film is no longer there. Make it again, and export that one."


def unexported(work: Export, fault: Fault) -> RenderFailed:
    return RenderFailed(job=work.job, fault=fault)


@task(Export, limits=Limits(minutes(60), minutes(66)), failed=unexported)
async def export(work: Export, ports: Ports) -> VideoExported:
    form = work.wish.form
    async with scratch_folder(ports.scratch) as folder:
        source, target = folder / "film.mp4", folder / f"export.{form}"
        try:
            await download(ports.objects, work.wish.video.key, source)
        except MissingObject as error:
            raise Hopeless("film_missing", GONE) from error
        made = await ports.crew.export(work, source, target)
        file = await ports.objects.put_file(f"exports/job_{work.job}/export.{form}", target, TYPES[form])
    return VideoExported(
        job=work.job, file=file, duration=made.duration, width=made.width, height=made.height, fps=made.fps
    )
