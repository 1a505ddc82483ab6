"""The offline voices, spoken in child processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from philo_kernel.children import Children
from philo_kernel.limits import Limits, minutes
from philo_tts.voices import narration
from philo_tts.voices.added import added, installed
from philo_tts.voices.catalogue import VOICES, Voice, choose
from philo_tts.voices.pace import pace
from philo_tts.voices.speech import NO_PRONUNCIATIONS, Speech

LIMITS = Limits(soft=minutes(5), hard=minutes(6))


@dataclass(frozen=True, slots=True)
class LocalSpeaker:
    """A `Speaker` whose engines and GPL-licensed packages live in `children`; `folder` keeps prepared models."""

    children: Children
    folder: Path
    limits: Limits = LIMITS

    def voices(self) -> tuple[Voice, ...]:
        """Those whose packages are installed, and those that were added."""
        return installed(self.folder)

    def choose(self, language: str, voice: str | None = None) -> Voice:
        """See `Speaker.choose`. Names every voice there is, so that what is missing is told when it is asked to speak."""
        return choose(language, voice, (*VOICES, *added(self.folder)))

    async def speak(
        self,
        text: str,
        language: str,
        voice: str | None = None,
        speed: int = 50,
        pronunciations: Mapping[str, str] = NO_PRONUNCIATIONS,
    ) -> Speech:
        """See `Speaker.speak`. Raises UnknownVoiceError, VoicesMissingError, ValueError, LimitExceeded, ChildDied."""
        self.choose(language, voice)  # refuse at once what nobody can say
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
