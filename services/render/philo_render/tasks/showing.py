"""A drawn scene becomes a part of the film that can be watched while the rest is made."""

from __future__ import annotations

from collections.abc import Sequence

from philo_contracts.events import PreviewExtended
from philo_contracts.shapes import Blob
from philo_kernel.work import Hopeless
from philo_render.film import Format
from philo_render.orders import Draw, part_key
from philo_render.ports import Ports
from philo_render.tasks.fetching import MissingBlobs, downloads
from philo_render.tasks.scratch import scratch_folder

PART, HEAD = "video/iso.segment", "video/mp4"
VOICELESS = "The scene's voice is no longer there. Have it spoken again."


async def shown(work: Draw, chunks: Sequence[Blob], ports: Ports) -> PreviewExtended:
    """The same frames with the same voice in the same place are there already.

    Raises `MissingBlobs` for chunks that are gone, BrokenChunkError and MixedChunksError for those that are no use.
    """
    key = part_key(work, chunks)
    sizes = [await ports.objects.size(name) for name in (key, f"{key}.init")]
    if all(sizes):
        part, init = (
            Blob(key=name, size_bytes=size or 0, media_type=kind)
            for name, size, kind in zip((key, f"{key}.init"), sizes, (PART, HEAD), strict=True)
        )
    else:
        part, init = await made(work, chunks, key, ports)
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


async def made(work: Draw, chunks: Sequence[Blob], key: str, ports: Ports) -> tuple[Blob, Blob]:
    """The part, and the head of all parts. The part comes last: where it is, both are."""
    async with scratch_folder(ports.scratch) as folder:
        try:
            files = await downloads(ports.objects, (*chunks, work.audio), folder)
        except MissingBlobs as error:
            if work.audio in error.blobs:
                raise Hopeless("voice_missing", VOICELESS) from error
            raise
        target = folder / "part"
        head = await ports.crew.preview(work, [files[blob.key] for blob in chunks], files[work.audio.key], target)
        init = await ports.objects.put(f"{key}.init", head, HEAD)
        return await ports.objects.put_file(key, target, PART), init
