"""Joining: the film."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from philo_contracts.events import PartsLost, RenderFailed, VideoRendered
from philo_contracts.shapes import Blob, Fault
from philo_kernel.limits import Limits, minutes
from philo_kernel.objects import Objects
from philo_kernel.work import Hopeless, task
from philo_render.crew import Cut, Parts, Spoiled
from philo_render.film import Format
from philo_render.orders import Join
from philo_render.ports import Ports
from philo_render.tasks.fetching import MissingBlobs, downloads, unwritten
from philo_render.tasks.paint import JPEG
from philo_render.tasks.scratch import scratch_folder

MP4 = "video/mp4"


MOST = 3
"""Joins of one film, at most: a store that loses or spoils what was drawn again and again needs a person."""


def unjoined(work: Join, fault: Fault) -> RenderFailed:
    return RenderFailed(job=work.job, fault=fault)


@task(Join, limits=Limits(minutes(30), minutes(33)), failed=unjoined)
async def join(work: Join, ports: Ports) -> VideoRendered | PartsLost:
    """Everything lies on disk while the film is joined, and nothing afterwards.

    What is missing or damaged in the store is told, so that it is made again; for good at the last attempt.
    """
    async with scratch_folder(ports.scratch, needed=needed(work)) as folder:
        try:
            cut = await ports.crew.edit(work, await collected(work, ports.objects, folder), folder)
        except MissingBlobs as error:
            return lost(work, error.blobs, "They are no longer in the store.")
        if isinstance(cut, Spoiled):
            return lost(work, spoilt(work, cut), cut.words)
        return await published(work, cut, ports.objects)


def needed(work: Join) -> int:
    """Bytes on disk: the parts, and once more as the film."""
    return 2 * sum(blob.size_bytes for blob in set(parts_of(work)))


def parts_of(work: Join) -> list[Blob]:
    return [*work.chunks, work.sound, work.opening, *([work.font] if work.font else [])]


async def collected(work: Join, objects: Objects, folder: Path) -> Parts:
    files = await downloads(objects, parts_of(work), folder)
    return Parts(
        chunks=[files[blob.key] for blob in work.chunks],
        sound=files[work.sound.key],
        opening=files[work.opening.key],
        font=files[work.font.key] if work.font else None,
    )


def spoilt(work: Join, cut: Spoiled) -> list[Blob]:
    return [*(work.chunks[number] for number in cut.chunks), *([work.sound] if cut.sound else [])]


def lost(work: Join, blobs: Sequence[Blob], words: str) -> PartsLost:
    """Raises `Hopeless` for what cannot be made again here, and when that has been tried often enough."""
    gone = {blob.key for blob in blobs}
    if work.opening.key in gone:
        raise Hopeless("picture_missing", "The first scene's picture is no longer there. Have it painted again.")
    if work.font and work.font.key in gone:
        raise unwritten()
    if work.attempt >= MOST:
        told = f"Parts of the film were lost or damaged in the store {MOST} times: {', '.join(sorted(gone))}. {words}"
        raise Hopeless("parts_lost", f"{told} Look after the store, and ask for the film again.")
    scenes = (scene for scene, chunk in zip(work.owners, work.chunks, strict=True) if chunk.key in gone)
    return PartsLost(
        job=work.job, attempt=work.attempt, scenes=tuple(dict.fromkeys(scenes)), sound=work.sound.key in gone
    )


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
