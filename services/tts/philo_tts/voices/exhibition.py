"""The voices that can be heard here, each with a sample that is spoken once and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from philo_tts.domain import Narrate
from philo_tts.ports import Ports
from philo_tts.speaking import recorded
from philo_tts.voices.catalogue import Voice
from philo_tts.voices.samples import sample_text


@dataclass(frozen=True)
class Exhibition:
    """`voices` tells who is installed, as of now."""

    voices: Callable[[], Sequence[Voice]]
    ports: Ports

    async def sample(self, voice: str) -> bytes:
        """FLAC. Raises LookupError for a voice that is not installed, Hopeless when it cannot speak."""
        known = {one.id: one for one in self.voices()}
        recording, _ = await recorded(order(known[voice]), self.ports)
        return await self.ports.objects.get(recording.audio.key)


def order(voice: Voice) -> Narrate:
    """The work of speaking a sample; it is no job's."""
    told = {"text": sample_text(voice), "language": voice.language, "voice": voice.id, "speed": 50}
    return Narrate(job="samples", scene=voice.id, revision=0, **told)
