"""Painting: the picture of a scene."""

from __future__ import annotations

from collections.abc import Sequence

from philo_contracts.events import PictureMade, PictureProviderCalled, RenderFailed
from philo_contracts.shapes import Blob, Fault, Picture, ProviderCall, Scene
from philo_kernel.limits import Limits, minutes
from philo_kernel.metrics import caches
from philo_kernel.objects import Objects
from philo_kernel.outgoing.calls import heard_by
from philo_kernel.work import Say, task
from philo_render import crew
from philo_render.orders import Paint, picture_key
from philo_render.ports import Ports
from philo_render.providers.fallback import Unpainted
from philo_render.tasks.commissioning import commissioned

JPEG, LAYERS = "image/jpeg", "application/vnd.philo.layers"
KINDS = (JPEG, JPEG, LAYERS)


def unpainted(work: Paint, fault: Fault) -> RenderFailed:
    return RenderFailed(job=work.job, fault=fault.model_copy(update={"scene_id": work.scene.id}))


@task(Paint, limits=Limits(minutes(5), minutes(6)), failed=unpainted)
async def paint(work: Paint, ports: Ports, say: Say) -> PictureMade:
    """By whom the film wishes for; by Philo, with a warning, where they cannot or will not."""
    if work.config.pictures == "drawn":
        return await drawn(work, ports)

    async def tell(call: ProviderCall) -> None:
        await say(PictureProviderCalled(job=work.job, call=call.model_copy(update={"scene": work.scene.id})))

    with heard_by(tell):
        asked = await commissioned(work, ports)
    if isinstance(asked, Unpainted):
        own = await drawn(work, ports)
        return own.model_copy(update={"warnings": (f"{own_instead(work.scene)}{asked.message}",)})
    receipt, found = asked
    caches.found("picture", there=found)
    return PictureMade(
        job=work.job,
        scene=work.scene.id,
        revision=work.scene.revision,
        shown=receipt.shown,
        provider=receipt.provider,
        reused=found,
    )


def own_instead(scene: Scene) -> str:
    """How the warning begins; it goes on with the reason."""
    return f"Philo drew scene {scene.index + 1} itself. "


async def drawn(work: Paint, ports: Ports) -> PictureMade:
    """A picture that shows the same is there already after a crash, or when only another scene was changed."""
    staged = await ports.crew.stage(work)
    names = objects_of(work, staged.composition.digest)
    sizes = [await ports.objects.size(name) for name in names]
    if not all(sizes):
        blobs = await stored(names, await ports.crew.paint(staged, work), ports.objects)
    else:
        blobs = [
            Blob(key=name, size_bytes=size or 0, media_type=kind)
            for name, size, kind in zip(names, sizes, KINDS, strict=False)
        ]
    caches.found("picture", there=all(sizes))
    image, thumbnail, *layers = blobs
    return PictureMade(
        job=work.job,
        scene=work.scene.id,
        revision=work.scene.revision,
        shown=Picture(image=image, thumbnail=thumbnail, layers=layers[0] if layers else None, focus=staged.focus),
        provider="philo",
        reused=all(sizes),
    )


def objects_of(work: Paint, digest: str) -> list[str]:
    """Image, thumbnail and, where depth is wished for, its groups."""
    key = picture_key(digest, work.size, depth=work.config.depth)
    names = [key, key.replace(".jpg", ".thumb.jpg")]
    return [*names, key.replace(".jpg", ".layers")] if work.config.depth else names


async def stored(names: Sequence[str], made: crew.Picture, objects: Objects) -> list[Blob]:
    """The image comes last: where it is, all is."""
    bodies = [made.image, made.thumbnail, *([made.layers] if made.layers else [])]
    put = [await objects.put(*one) for one in reversed(list(zip(names, bodies, KINDS, strict=False)))]
    return put[::-1]
