"""Speaking and playing."""

from __future__ import annotations

from philo_contracts.events import AudioSynthesized, MusicComposed, MusicFailed, SynthesisFailed
from philo_contracts.shapes import Blob, Fault
from philo_kernel.limits import Limits, minutes
from philo_kernel.work import Hopeless, task
from philo_tts.domain import Compose, Narrate
from philo_tts.music import UnplayableWish
from philo_tts.ports import Ports
from philo_tts.speaking import FLAC, recorded


def unspoken(work: Narrate, fault: Fault) -> SynthesisFailed:
    return SynthesisFailed(job=work.job, fault=fault.model_copy(update={"scene_id": work.scene}))


@task(Narrate, limits=Limits(minutes(5), minutes(6)), failed=unspoken)
async def narrate(work: Narrate, ports: Ports) -> AudioSynthesized:
    recording, reused = await recorded(work, ports)
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


@task(Compose, limits=Limits(minutes(10), minutes(12)), failed=unplayed)
async def compose(work: Compose, ports: Ports) -> MusicComposed:
    size = await ports.objects.size(work.key)
    if size is None:
        try:
            piece = await ports.musician.play(work.mood, work.duration, work.genre, work.seed)
        except UnplayableWish as error:
            raise Hopeless("unplayable_wish", str(error)) from error
        music = await ports.objects.put(work.key, piece, FLAC)
    else:
        music = Blob(key=work.key, size_bytes=size, media_type=FLAC)
    return MusicComposed(
        job=work.job,
        music=music,
        duration=work.duration,
        mood=work.mood,
        genre=work.genre,
        provider="philo",
        reused=size is not None,
    )
