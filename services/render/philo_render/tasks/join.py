"""Joining: the film."""

from __future__ import annotations

from pathlib import Path

from philo_contracts.events import RenderFailed, VideoRendered
from philo_contracts.shapes import Blob, Fault
from philo_kernel.limits import Limits, minutes
from philo_kernel.objects import Objects
from philo_kernel.work import Hopeless, task
from philo_render.crew import Cut, Parts
from philo_render.film import Format
from philo_render.orders import Join
from philo_render.ports import Ports
from philo_render.tasks.fetching import MissingBlob, downloads, scratch_folder
from philo_render.tasks.paint import JPEG

MP4 = "video/mp4"


class MissingChunk(Hopeless):
    """A chunk was drawn and is no longer in the store: `number` of the film's, counted from zero. To be drawn again."""

    def __init__(self, blob: Blob, number: int, chunks: int) -> None:
        super().__init__(
            "chunk_missing",
            f"Chunk {number + 1} of the film's {chunks} ({blob.key}) is no longer in the store. "
            "Ask for the film again: what is missing will be drawn anew.",
        )
        self.blob, self.number = blob, number


def unjoined(work: Join, fault: Fault) -> RenderFailed:
    return RenderFailed(job=work.job, fault=fault)


@task(Join, limits=Limits(minutes(30), minutes(33)), failed=unjoined)
async def join(work: Join, ports: Ports) -> VideoRendered:
    """Everything lies on disk while the film is joined, and nothing afterwards. Raises `MissingChunk`."""
    async with scratch_folder(ports.scratch, needed=needed(work)) as folder:
        parts = await collected(work, ports.objects, folder)
        cut = await ports.crew.edit(work, parts, folder)
        return await published(work, cut, ports.objects)


def needed(work: Join) -> int:
    """Bytes on disk: the parts, and once more as the film."""
    return 2 * sum(blob.size_bytes for blob in set(parts_of(work)))


def parts_of(work: Join) -> list[Blob]:
    return [*work.chunks, work.sound, work.opening]


async def collected(work: Join, objects: Objects, folder: Path) -> Parts:
    try:
        files = await downloads(objects, parts_of(work), folder)
    except MissingBlob as error:
        raise lost(work, error.blob) from error
    return Parts(
        chunks=[files[blob.key] for blob in work.chunks],
        sound=files[work.sound.key],
        opening=files[work.opening.key],
    )


def lost(work: Join, blob: Blob) -> Hopeless:
    if blob in work.chunks:
        return MissingChunk(blob, work.chunks.index(blob), len(work.chunks))
    if blob == work.sound:
        return Hopeless("sound_missing", "The film's sound is no longer there. Ask for the film again.")
    return Hopeless("picture_missing", "The first scene's picture is no longer there. Have it painted again.")


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
