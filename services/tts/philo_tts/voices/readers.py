"""Which engine reads for a voice; each is loaded once per process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from philo_tts.voices.added import model_of
from philo_tts.voices.catalogue import Voice
from philo_tts.voices.errors import VoicesMissingError
from philo_tts.voices.reading import Reader


@lru_cache(maxsize=8)
def reader(voice: Voice, folder: str) -> Reader:
    """Raises VoicesMissingError. GPL-licensed packages come in here, and only in a child process."""
    try:
        if voice.provider == "piper":
            from philo_tts.voices.piper_reader import PiperReader  # noqa: PLC0415

            files = model_of(voice.id, Path(folder))
            return PiperReader.of(files, Path(folder)) if files else PiperReader.joe(Path(folder))
        from philo_tts.voices.espeak_reader import EspeakReader  # noqa: PLC0415

        return EspeakReader(voice.id.partition(":")[2])
    except ModuleNotFoundError as error:
        raise VoicesMissingError(error.name or voice.provider) from error
