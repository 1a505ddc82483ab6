"""Music that somebody else made: brought along, or composed for money. As long as the film, or why it cannot be had."""

from __future__ import annotations

from philo_contracts.events import SoundProviderCalled
from philo_contracts.shapes import Blob, ProviderCall
from philo_kernel.objects import MissingObject
from philo_kernel.work import Say
from philo_tts.domain import Compose
from philo_tts.music import UnusableTrack
from philo_tts.music_providers.composer import Take, Wish
from philo_tts.music_providers.fallback import Uncomposed
from philo_tts.music_providers.faults import ProviderFailing
from philo_tts.ports import Ports
from philo_tts.speaking import FLAC

GONE = "The track of this film is no longer there."


class Unplayed(Exception):
    """There is no such music; the words say why, and Philo plays itself."""


async def fitted(work: Compose, track: Blob, ports: Ports) -> Blob:
    """The track that its owner brought. Raises `Unplayed`."""
    try:
        body = await ports.objects.get(track.key)
        made = await ports.musician.fit(body, work.duration)
    except MissingObject as error:
        raise Unplayed(GONE) from error
    except UnusableTrack as error:
        raise Unplayed(f"The track of this film cannot be used. {error}") from error
    return await ports.objects.put(work.key, made.flac, FLAC)


async def commissioned(work: Compose, ports: Ports, say: Say) -> Blob:
    """What the wished provider composes; each order is told of. Raises `Unplayed`."""
    take = ports.composers.in_hand(work.key) or await ordered(work, ports, say)
    try:
        made = await ports.musician.fit(take.audio, work.duration)
        return await ports.objects.put(work.key, made.flac, FLAC)
    except UnusableTrack as error:
        raise Unplayed(f"What {take.provider} sent cannot be used. {error}") from error
    except Exception:  # a child that was killed, a store that is away: the order comes back for it
        ports.composers.keep(work.key, take)
        raise


async def ordered(work: Compose, ports: Ports, say: Say) -> Take:
    """A film does not wait for its music: who fails now is not asked for it again."""

    async def tell(call: ProviderCall) -> None:
        await say(SoundProviderCalled(job=work.job, call=call))

    wish = Wish(work.mood, work.genre, work.duration, work.seed)
    try:
        take = await ports.composers.compose(work.provider, wish, tell)
    except ProviderFailing as error:
        raise Unplayed(str(error)) from error
    if isinstance(take, Uncomposed):
        raise Unplayed(take.message)
    return take
