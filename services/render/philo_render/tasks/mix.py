"""Mixing: the film's sound, as soon as all is spoken and the music is settled."""

from __future__ import annotations

from philo_contracts.events import RenderFailed, SoundMixed
from philo_contracts.shapes import Blob, Fault
from philo_kernel.limits import Limits, minutes
from philo_kernel.metrics import caches
from philo_kernel.work import Hopeless, task
from philo_render.crew import Tracks
from philo_render.film import timing
from philo_render.film.sound import BYTES_A_SECOND
from philo_render.orders import Mix
from philo_render.ports import Ports
from philo_render.tasks.fetching import MissingBlobs, downloads
from philo_render.tasks.scratch import scratch_folder

SOUND = "application/vnd.philo.sound"


def unmixed(work: Mix, fault: Fault) -> RenderFailed:
    return RenderFailed(job=work.job, fault=fault)


@task(Mix, limits=Limits(minutes(30), minutes(33)), failed=unmixed)
async def mix(work: Mix, ports: Ports) -> SoundMixed:
    """The same voices in the same places over the same music are mixed already."""
    size = await ports.objects.size(work.key) if work.attempt == 1 else None
    caches.found("sound", there=bool(size))
    if size:
        return SoundMixed(job=work.job, sound=Blob(key=work.key, size_bytes=size, media_type=SOUND), reused=True)
    async with scratch_folder(ports.scratch, needed=needed(work)) as folder:
        try:
            files = await downloads(ports.objects, work.parts, folder)
        except MissingBlobs as error:
            raise lost(work, error.blobs[0]) from error
        tracks = Tracks(
            voices=[files[blob.key] for blob in work.audio], music=files[work.music.key] if work.music else None
        )
        target = folder / "sound"
        await ports.crew.mix(work, tracks, target)
        sound = await ports.objects.put_file(work.key, target, SOUND)
    return SoundMixed(job=work.job, sound=sound)


def needed(work: Mix) -> int:
    """Bytes on disk: the parts, and the sound while it is mixed."""
    parts = sum(blob.size_bytes for blob in set(work.parts))
    return parts + round(timing(work.narrations, work.config).duration * BYTES_A_SECOND)


def lost(work: Mix, blob: Blob) -> Hopeless:
    if blob in work.audio:
        scene = work.narrations[work.audio.index(blob)].scene
        words = f"The voice of scene {scene.index + 1}, “{scene.title}”, is no longer there. Have it spoken again."
        return Hopeless("voice_missing", words)
    return Hopeless("music_missing", "The film's music is no longer there. Ask for the film again.")
