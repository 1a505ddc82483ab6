"""Speaking and playing."""

from __future__ import annotations

from philo_contracts.events import AudioSynthesized, MusicComposed, MusicFailed, SynthesisFailed
from philo_contracts.shapes import Blob, Fault
from philo_kernel.limits import Limits, minutes
from philo_kernel.metrics import caches
from philo_kernel.work import Hopeless, Say, task
from philo_tts.domain import Compose, Narrate
from philo_tts.hiring import Unplayed, commissioned, fitted
from philo_tts.music import UnplayableWish, nearest_genre
from philo_tts.ports import Ports
from philo_tts.speaking import FLAC, recorded

OWN = "philo"
OWN_INSTEAD = "Philo composed the music itself. "
"""How a warning begins; it goes on with the reason."""


def unspoken(work: Narrate, fault: Fault) -> SynthesisFailed:
    return SynthesisFailed(job=work.job, fault=fault.model_copy(update={"scene_id": work.scene}))


@task(Narrate, limits=Limits(minutes(5), minutes(6)), failed=unspoken)
async def narrate(work: Narrate, ports: Ports) -> AudioSynthesized:
    recording, reused = await recorded(work, ports)
    caches.found("speech", there=reused)
    told = recording.model_dump(exclude={"audio", "words"})
    return AudioSynthesized(
        job=work.job,
        scene=work.scene,
        revision=work.revision,
        audio=recording.audio,
        words=recording.words,
        reused=reused,
        **told,
    )


def unplayed(work: Compose, fault: Fault) -> MusicFailed:
    return MusicFailed(job=work.job, duration=work.duration, fault=fault)


@task(Compose, limits=Limits(minutes(20), minutes(22)), failed=unplayed, dispensable=True)
async def compose(work: Compose, ports: Ports, say: Say) -> MusicComposed:
    """By whom the film wishes for; by Philo, with a warning, where they cannot or will not."""
    if work.maker == OWN:
        return await played(work, ports)
    music = await kept(work, ports)
    if music:
        return composed(work, music, reused=True)
    try:
        track = work.track
        return composed(work, await (fitted(work, track, ports) if track else commissioned(work, ports, say)))
    except Unplayed as why:
        own = await played(work.own, ports)
        return own.model_copy(update={"warnings": (f"{OWN_INSTEAD}{why}", *own.warnings)})


async def played(work: Compose, ports: Ports) -> MusicComposed:
    """By Philo. A genre that it does not play is told of, also when the piece is found again."""
    told = nearest_genre(work.genre).warning
    warnings = (told,) if told else ()
    music = await kept(work, ports)
    if music:
        return composed(work, music, warnings, reused=True)
    try:
        piece = await ports.musician.play(work.mood, work.duration, work.genre, work.seed)
    except UnplayableWish as error:
        raise Hopeless("unplayable_wish", str(error)) from error
    return composed(work, await ports.objects.put(work.key, piece, FLAC), warnings)


async def kept(work: Compose, ports: Ports) -> Blob | None:
    size = await ports.objects.size(work.key)
    return None if size is None else Blob(key=work.key, size_bytes=size, media_type=FLAC)


def composed(work: Compose, music: Blob, warnings: tuple[str, ...] = (), *, reused: bool = False) -> MusicComposed:
    caches.found("music", there=reused)
    return MusicComposed(
        job=work.job,
        music=music,
        duration=work.duration,
        mood=work.mood,
        genre=work.genre,
        provider=work.maker,
        reused=reused,
        warnings=warnings,
    )
