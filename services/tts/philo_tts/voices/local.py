"""The offline voices, spoken in child processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from philo_kernel.children import Children
from philo_kernel.limits import Limits, minutes
from philo_tts.voices import narration
from philo_tts.voices.catalogue import choose
from philo_tts.voices.pace import pace
from philo_tts.voices.speech import NO_PRONUNCIATIONS, Speech

LIMITS = Limits(soft=minutes(5), hard=minutes(6))


@dataclass(frozen=True, slots=True)
class LocalSpeaker:
    """A `Speaker` whose engines and GPL-licensed packages live in `children`; `folder` keeps prepared models."""

    children: Children
    folder: Path
    limits: Limits = LIMITS

    async def speak(
        self,
        text: str,
        language: str,
        voice: str | None = None,
        speed: int = 50,
        pronunciations: Mapping[str, str] = NO_PRONUNCIATIONS,
    ) -> Speech:
        """See `Speaker.speak`. Raises UnknownVoiceError, VoicesMissingError, ValueError, LimitExceeded, ChildDied."""
        choose(language, voice)  # refuse at once what nobody can say
        pace(speed)
        return await self.children.run(
            narration.speak,
            text,
            language,
            voice,
            speed,
            str(self.folder),
            dict(pronunciations),
            limits=self.limits,
        )
