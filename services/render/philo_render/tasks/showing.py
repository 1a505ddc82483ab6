"""A drawn scene becomes a part of the film that can be watched while the rest is made."""

from __future__ import annotations

from collections.abc import Sequence

from philo_contracts.events import PreviewExtended
from philo_contracts.shapes import Blob
from philo_render.film import Format
from philo_render.orders import Draw, part_key
from philo_render.ports import Ports
from philo_render.tasks.fetching import fetched

PART, HEAD = "video/iso.segment", "video/mp4"


async def shown(work: Draw, chunks: Sequence[Blob], ports: Ports) -> PreviewExtended:
    """The same frames with the same voice in the same place are there already."""
    key = part_key(work, chunks)
    sizes = [await ports.objects.size(name) for name in (key, f"{key}.init")]
    if None in sizes:
        *bodies, audio = await fetched(ports.objects, (*chunks, work.audio))
        made = await ports.crew.preview(work, bodies, audio)
        init = await ports.objects.put(f"{key}.init", made.init, HEAD)
        part = await ports.objects.put(key, made.part, PART)
    else:
        part, init = (
            Blob(key=name, size_bytes=size or 0, media_type=kind)
            for name, size, kind in zip((key, f"{key}.init"), sizes, (PART, HEAD), strict=True)
        )
    clock = Format.of(work.config)
    return PreviewExtended(
        job=work.job,
        scene=work.scene,
        revision=work.revision,
        index=work.index,
        init=init,
        part=part,
        start=clock.seconds(work.place.first),
        duration=clock.seconds(work.place.end - work.place.first),
    )
