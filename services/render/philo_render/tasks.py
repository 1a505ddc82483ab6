"""Painting, drawing, joining."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence

from philo_contracts.events import PictureMade, RenderFailed, SceneRendered, VideoRendered
from philo_contracts.shapes import Blob, Fault
from philo_kernel.limits import Limits, minutes
from philo_kernel.objects import Objects
from philo_kernel.work import Say, task
from philo_render.crew import Cut, Parts
from philo_render.film import Format
from philo_render.orders import Draw, Join, Paint, picture_key, segment_key
from philo_render.ports import Ports

JPEG, MP4, SEGMENT = "image/jpeg", "video/mp4", "application/vnd.philo.segment"


def unpainted(work: Paint, fault: Fault) -> RenderFailed:
    return RenderFailed(job=work.job, fault=fault.model_copy(update={"scene_id": work.scene.id}))


@task(Paint, limits=Limits(minutes(5), minutes(6)), failed=unpainted)
async def paint(work: Paint, ports: Ports) -> PictureMade:
    """A picture that shows the same is there already after a crash, or when only another scene was changed."""
    staged = await ports.crew.stage(work)
    key = picture_key(staged.composition.digest, work.size)
    sizes = [await ports.objects.size(name) for name in (key, thumbnail_of(key))]
    if None in sizes:
        painted = await ports.crew.paint(staged, work.size)
        thumbnail = await ports.objects.put(thumbnail_of(key), painted.thumbnail, JPEG)
        image = await ports.objects.put(key, painted.image, JPEG)
    else:
        image, thumbnail = (
            Blob(key=name, size_bytes=size or 0, media_type=JPEG)
            for name, size in zip((key, thumbnail_of(key)), sizes, strict=True)
        )
    return PictureMade(
        job=work.job,
        scene=work.scene.id,
        revision=work.scene.revision,
        picture=image,
        thumbnail=thumbnail,
        focus=staged.focus,
        provider="philo",
        reused=None not in sizes,
    )


def thumbnail_of(key: str) -> str:
    return key.replace(".jpg", ".thumb.jpg")


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


def unjoined(work: Join, fault: Fault) -> RenderFailed:
    return RenderFailed(job=work.job, fault=fault)


@task(Join, limits=Limits(minutes(30), minutes(33)), failed=unjoined)
async def join(work: Join, ports: Ports) -> VideoRendered:
    objects = ports.objects
    parts = Parts(
        segments=await fetched(objects, work.segments),
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


async def fetched(objects: Objects, blobs: Sequence[Blob]) -> list[bytes]:
    """All of them, a few at a time."""
    return list(await asyncio.gather(*(objects.get(blob.key) for blob in blobs)))
