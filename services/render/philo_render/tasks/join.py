"""Joining: the film."""

from __future__ import annotations

import asyncio
import shutil

from philo_contracts.events import RenderFailed, VideoRendered
from philo_contracts.shapes import Fault
from philo_kernel.limits import Limits, minutes
from philo_kernel.objects import Objects
from philo_kernel.work import task
from philo_render.crew import Cut, Parts
from philo_render.film import Format
from philo_render.orders import Join
from philo_render.ports import Ports
from philo_render.tasks.fetching import fetched
from philo_render.tasks.paint import JPEG

MP4 = "video/mp4"


def unjoined(work: Join, fault: Fault) -> RenderFailed:
    return RenderFailed(job=work.job, fault=fault)


@task(Join, limits=Limits(minutes(30), minutes(33)), failed=unjoined)
async def join(work: Join, ports: Ports) -> VideoRendered:
    objects = ports.objects
    parts = Parts(
        chunks=await fetched(objects, work.chunks),
        audio=await fetched(objects, work.audio),
        music=await objects.get(work.music.key) if work.music else None,
        opening=await objects.get(work.opening.key),
    )
    cut = await ports.crew.edit(work, parts)
    try:
        return await published(work, cut, objects)
    finally:
        await asyncio.to_thread(shutil.rmtree, cut.folder, ignore_errors=True)


async def published(work: Join, cut: Cut, objects: Objects) -> VideoRendered:
    folder, size = f"outputs/job_{work.job}/1", Format.of(work.config)
    return VideoRendered(
        job=work.job,
        poster=await objects.put(f"{folder}/poster.jpg", cut.poster, JPEG),
        srt=await objects.put(f"{folder}/subtitles.srt", cut.srt.encode(), "application/x-subrip; charset=utf-8"),
        vtt=await objects.put(f"{folder}/subtitles.vtt", cut.vtt.encode(), "text/vtt; charset=utf-8"),
        video=await objects.put_file(f"{folder}/output.mp4", cut.video, MP4),
        duration=cut.duration,
        width=size.width,
        height=size.height,
        fps=size.fps,
        warnings=cut.warnings,
    )
