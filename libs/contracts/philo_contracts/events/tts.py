"""Facts of sound, said by tts."""

from __future__ import annotations

from philo_contracts.events.base import Event
from philo_contracts.events.calls import ProviderCalled
from philo_contracts.events.hello import HelloAnswered
from philo_contracts.shapes import Blob, Fault, Mood, Word


class AudioSynthesized(Event, source="tts"):
    """A scene is spoken: mono FLAC, and when each shown word is heard."""

    job: str
    scene: str
    revision: int
    audio: Blob
    duration: float
    words: tuple[Word, ...]
    provider: str
    voice: str
    reused: bool = False


class SynthesisFailed(Event, source="tts"):
    job: str
    fault: Fault


class MusicComposed(Event, source="tts"):
    """Music of exactly the film's length: stereo FLAC at -20 LUFS."""

    job: str
    music: Blob
    duration: float
    mood: Mood
    genre: str
    provider: str
    """Who made it; `uploaded` where somebody brought it."""
    reused: bool = False
    warnings: tuple[str, ...] = ()


class MusicFailed(Event, source="tts"):
    """There will be no music; the film is made without it."""

    job: str
    duration: float
    fault: Fault


class SoundProviderCalled(ProviderCalled, source="tts"):
    """A voice or a composer was asked."""


class TtsSaidHello(HelloAnswered, source="tts"):
    """Tts hears gateway, and is heard."""
