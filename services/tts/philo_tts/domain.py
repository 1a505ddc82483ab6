"""What tts is asked to do, and by what name equal work is known. Pure."""

from __future__ import annotations

from typing import ClassVar
from zlib import crc32

from philo_contracts.events import ScriptAnalyzed, TimelinePlanned
from philo_contracts.shapes import Blob, Mood, MusicProvider, Scene, Value, Word
from philo_kernel.naming import address
from philo_kernel.work import Work
from philo_tts.speech.pronunciations import named

SPEECH_VERSION = "2"
MUSIC_VERSION = "2"
"""Raise one when equal words would sound otherwise."""


class Narrate(Work):
    """Speak one scene."""

    head_start: ClassVar[int] = 30
    scene: str
    revision: int
    text: str
    language: str
    voice: str | None
    speed: int
    pronunciations: dict[str, str] = {}
    """Written → said; those that the text does not name change nothing, not even the key."""

    @property
    def effect(self) -> str:
        return f"speech/{self.job}/{self.scene}/{self.revision}"

    @property
    def key(self) -> str:
        """The object's name: text, voice, pace and how its words are said, and nothing else."""
        text = " ".join(self.text.split())
        said = [part for pair in named(text, self.pronunciations).items() for part in pair]
        wish = (text, self.language, self.voice or "", str(self.speed), *said)
        return address("audio", SPEECH_VERSION, *wish, suffix=".flac")


class Compose(Work):
    """Music of exactly the film's length."""

    duration: float
    mood: Mood
    genre: str
    origin: str
    """The job whose film it is; for an edit or a fork, the job that was read first."""
    provider: MusicProvider = "philo"
    track: Blob | None = None
    """What the film's owner brought to be played instead."""

    @property
    def effect(self) -> str:
        return f"music/{self.job}"

    @property
    def seed(self) -> int:
        """Another film, another piece; the same film, the same one, however often it is edited."""
        return crc32(self.origin.encode())

    @property
    def maker(self) -> str:
        """Who makes it, if they can."""
        return "uploaded" if self.track else self.provider

    @property
    def own(self) -> Compose:
        """The same music as Philo plays it."""
        return self.model_copy(update={"provider": "philo", "track": None})

    @property
    def key(self) -> str:
        """A track is the same whatever mood was wished for; what is composed for money has its maker in its name."""
        length = f"{self.duration:.3f}"
        if self.track:
            return address("music", MUSIC_VERSION, "track", self.track.key, length, suffix=".flac")
        maker = () if self.provider == "philo" else (self.provider,)
        wish = (self.mood.value, self.genre, length, str(self.seed), *maker)
        return address("music", MUSIC_VERSION, *wish, suffix=".flac")


class Recording(Value):
    """A speech in the object store, as the index remembers it."""

    audio: Blob
    duration: float
    words: tuple[Word, ...]
    provider: str
    voice: str


def narration_of(scene: Scene, event: ScriptAnalyzed) -> Narrate:
    return Narrate(
        job=event.job,
        priority=event.priority,
        scene=scene.id,
        revision=scene.revision,
        text=scene.narration,
        language=scene.language,
        voice=scene.voice or event.config.voice or None,
        speed=event.config.speed if scene.speed is None else scene.speed,
        pronunciations=named(scene.narration, event.config.pronunciations),
    )


def music_of(event: TimelinePlanned) -> Compose:
    wish = {"duration": event.duration, "mood": event.mood, "genre": event.genre}
    maker = {"provider": event.provider, "track": event.track}
    return Compose(job=event.job, origin=event.origin or event.job, **wish, **maker)
