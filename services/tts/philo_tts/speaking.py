"""One speech, recorded: spoken if it is new, found if it is not."""

from __future__ import annotations

import asyncio

from philo_kernel.work import Hopeless
from philo_tts.domain import Narrate, Recording
from philo_tts.ports import Ports
from philo_tts.voices.catalogue import UnknownVoiceError
from philo_tts.voices.encoding import flac
from philo_tts.voices.errors import VoicesMissingError

FLAC = "audio/flac"


async def recorded(work: Narrate, ports: Ports) -> tuple[Recording, bool]:
    """The recording, and whether it was there already. Known by the voice that speaks, chosen or wished for.

    Raises Hopeless when no voice can say it.
    """
    try:
        voice = ports.speaker.choose(work.language, work.voice)
    except UnknownVoiceError as error:
        raise Hopeless("voice_unavailable", str(error)) from error
    key = work.model_copy(update={"voice": voice.id}).key

    async def record() -> Recording:
        try:
            speech = await ports.speaker.speak(work.text, work.language, voice.id, work.speed, work.pronunciations)
        except VoicesMissingError as error:
            raise Hopeless("voice_unavailable", str(error)) from error
        audio = await ports.objects.put(key, await asyncio.to_thread(flac, speech), FLAC)
        seconds = len(speech.pcm) / speech.rate
        return Recording(audio=audio, duration=seconds, words=speech.words, provider=voice.provider, voice=voice.id)

    return await ports.recordings.once(key, record)
