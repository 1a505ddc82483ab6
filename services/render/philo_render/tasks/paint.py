"""Painting: the picture of a scene."""

from __future__ import annotations

from philo_contracts.events import PictureMade, RenderFailed
from philo_contracts.shapes import Blob, Fault, Picture
from philo_kernel.limits import Limits, minutes
from philo_kernel.work import task
from philo_render.orders import Paint, picture_key
from philo_render.ports import Ports

JPEG = "image/jpeg"


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
        shown=Picture(image=image, thumbnail=thumbnail, focus=staged.focus),
        provider="philo",
        reused=None not in sizes,
    )


def thumbnail_of(key: str) -> str:
    return key.replace(".jpg", ".thumb.jpg")
