"""What tests of tts share: orders, and a world in which they are carried out at once. No voice is loaded."""

from dataclasses import replace

import numpy as np

from philo_contracts.events import MusicComposed, ScriptAnalyzed
from philo_contracts.shapes import Blob, Mood, Priority, Scene, VideoConfig, Word
from philo_kernel.objects import MissingObject
from philo_kernel.outgoing.calls import Call
from philo_kernel.outgoing.line import Line
from philo_tts.domain import Compose, Narrate
from philo_tts.music import UnplayableWish, UnusableTrack
from philo_tts.music.tracks import FittedTrack
from philo_tts.music_providers.composer import Take
from philo_tts.music_providers.fallback import Fallback
from philo_tts.ports import Ports
from philo_tts.tasks import compose
from philo_tts.voices.catalogue import choose
from philo_tts.voices.speech import Speech

WORDS = (Word(text="Once", start=0, end=0.5),)
TRACK = Blob(key="uploads/track", size_bytes=5, media_type="audio/mpeg")


class Shelf:
    """An object store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.away = False

    async def put(self, key: str, body: bytes, media_type: str) -> Blob:
        if self.away:
            raise ConnectionError(f"cannot store {key}")
        self.kept[key] = body
        return Blob(key=key, size_bytes=len(body), media_type=media_type)

    async def get(self, key: str) -> bytes:
        if key not in self.kept:
            raise MissingObject(key)
        return self.kept[key]

    async def size(self, key: str) -> int | None:
        return len(self.kept[key]) if key in self.kept else None


class Instant:
    """Speaks, remembers and plays at once, as the ports want it."""

    def __init__(self) -> None:
        self.made: dict = {}
        self.pieces = 0

    def choose(self, language, voice=None):
        return choose(language, voice)

    async def speak(self, _text, _language, _voice, _speed, pronunciations) -> Speech:
        self.wishes = dict(pronunciations)
        return Speech(np.zeros(22_050, np.int16), 22_050, WORDS)

    async def once(self, key, make):
        reused = key in self.made
        self.made[key] = self.made.get(key) or await make()
        return self.made[key], reused

    async def play(self, _mood, seconds, _genre, _seed) -> bytes:
        self.pieces += 1
        if seconds > 1800:
            raise UnplayableWish("Music lasts from 3 to 1800 seconds, not 2000.")
        return b"music"

    async def fit(self, track, seconds) -> FittedTrack:
        if track == b"silence":
            raise UnusableTrack("The track is silent.")
        return FittedTrack(b"%s for %g s" % (track, seconds), None, 0)


class Hired:
    """Composes for money, or does not."""

    name, model = "replicate", "m"

    def __init__(self, answer: bytes | Exception) -> None:
        self.answer, self.asked = answer, 0

    async def compose(self, wish) -> Take:
        return await Line(self.name, "music").order(self.composed, model=self.model)

    async def composed(self, call: Call) -> Take:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        call.used(seconds=30.0)
        return Take(self.answer, 30.0, self.name, self.model)

    async def close(self) -> None:
        """Nothing is open."""


def a_world() -> Ports:
    instant = Instant()
    return Ports(speaker=instant, recordings=instant, musician=instant, composers=Fallback({}), objects=Shelf())


def order(**change) -> Narrate:
    known = {"job": "j", "scene": "s01", "revision": 1, "text": "Once.", "language": "en", "voice": None, "speed": 50}
    return Narrate(**(known | change))


def music(seconds: float = 30.0, job: str = "j", **change) -> Compose:
    return Compose(**{"job": job, "origin": job, "duration": seconds, "mood": Mood.CALM, "genre": "ambient"} | change)


def hiring(world: Ports, answer: bytes | Exception) -> tuple[Ports, Hired]:
    hired = Hired(answer)
    return replace(world, composers=Fallback({"replicate": hired})), hired


async def performed(work: Compose, world: Ports) -> tuple[MusicComposed, list]:
    """The music, and what was said before it."""
    said: list = []

    async def say(fact) -> None:
        said.append(fact)

    return await compose.perform(work, world, say), said


class Orders:
    """The part of a unit that takes orders."""

    def __init__(self) -> None:
        self.works: list = []

    def start(self, work) -> None:
        self.works.append(work)


async def started(react, fact) -> list:
    unit = Orders()
    await react(fact, unit)
    return unit.works


def analyzed(scenes: int = 3) -> ScriptAnalyzed:
    named = tuple(
        Scene(id=f"s{at}", index=at, revision=2, title="t", narration=f"Words {at}.", visual_prompt="p", language="zh")
        for at in range(scenes)
    )
    config = VideoConfig(voice="espeak:cmn", speed=70, pronunciations={"words": "wurds", "other": "uther"})
    told = {"title": "T", "summary": "…", "language": "zh", "mood": Mood.CALM, "provider": "test"}
    return ScriptAnalyzed(job="j", user="ada", priority=Priority.HIGH, config=config, scenes=named, **told)
