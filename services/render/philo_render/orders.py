"""The long work of render, as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar
from zlib import crc32

from philo_contracts.shapes import Blob, Scene, Value, VideoConfig, Word
from philo_contracts.shapes import Export as Wish
from philo_kernel.naming import address
from philo_kernel.work import Work
from philo_render.film import RATE, Chunk, Format, Narration, Place, scene_of, timing

PICTURE_VERSION = "6"
"""Raise it when equal scenes would be drawn otherwise."""
PREVIEW_VERSION = "1"
SOUND_VERSION = "1"
OVERSIZE = 1.2
"""Pictures are drawn larger than the film, so that the camera has room to move."""


class Voice(Value):
    """A spoken scene."""

    audio: Blob
    duration: float
    words: tuple[Word, ...]


class Paint(Work):
    """Draw the picture of the last of `scenes`; those before it tell what it must not look like."""

    head_start: ClassVar[int] = 20
    scenes: tuple[Scene, ...]
    config: VideoConfig

    @property
    def scene(self) -> Scene:
        return self.scenes[-1]

    @property
    def effect(self) -> str:
        return f"picture/{self.job}/{self.scene.id}/{self.scene.revision}"

    @property
    def size(self) -> tuple[int, int]:
        """Pixels, even."""
        film = Format.of(self.config)
        return round(film.width * OVERSIZE) // 2 * 2, round(film.height * OVERSIZE) // 2 * 2

    def seed_of(self, scene: Scene) -> int:
        return crc32(f"{scene.index}/{scene.narration}".encode())


def picture_key(digest: str, size: tuple[int, int], *, depth: bool) -> str:
    """Where a picture is kept: named by what it shows, so a scene that did not change is not painted again."""
    return address("pictures", PICTURE_VERSION, digest, str(size), str(depth), suffix=".jpg")


class Draw(Work):
    """Draw and encode scene `index` of `count`: the transition out of the scene before, and its body.

    `around` is the scene itself, after the one before it where there is one; nothing further away changes a frame.
    `sources` are the objects they are filmed from; `place` is where the scene lies in the film, for its preview.
    """

    head_start: ClassVar[int] = 10
    scene: str
    revision: int
    title: str
    config: VideoConfig
    index: int
    count: int
    around: tuple[Narration, ...]
    sources: tuple[Blob, ...]
    place: Place
    audio: Blob
    attempt: int = 1
    """From the second on something of it was lost in the store: what is found there is looked at before it is taken."""
    font: Blob | None = None
    """What its owner brought to write the subtitles with."""

    @property
    def effect(self) -> str:
        again = f"/{self.attempt}" if self.attempt > 1 else ""
        return f"segment/{self.job}/{self.scene}/{self.revision}{again}"

    @property
    def lead(self) -> int:
        """A scene waits its own place in the film, in seconds: a film of an hour lets the short ones after it through."""
        return self.head_start - self.place.first // Format.of(self.config).fps

    def chunks(self) -> tuple[Chunk, ...]:
        """The plan of every frame. Some milliseconds of work."""
        narrations: list[Narration | None] = [None] * self.count
        narrations[self.index + 1 - len(self.around) : self.index + 1] = self.around
        plans = scene_of(narrations, self.index, self.config, self.title)
        font = self.font.key if self.font else None
        return tuple(plan.model_copy(update={"font": font}) if plan.cues else plan for plan in plans)


def chunk_key(chunk: Chunk) -> str:
    """Where a chunk is kept: named by everything it shows."""
    return f"chunks/{chunk.key[:2]}/{chunk.key}.chunk"


def part_key(order: Draw, chunks: Sequence[Blob]) -> str:
    """Where a scene's part of the preview is kept: named by its frames, its voice and its place."""
    names = (blob.key for blob in (*chunks, order.audio))
    return address("previews", PREVIEW_VERSION, *names, *map(str, order.place), str(order.count), suffix=".m4s")


class Ingest(Work):
    """Look at what was uploaded. `job` is the asset: nobody has asked for a film of it yet."""

    head_start: ClassVar[int] = 50
    user: str
    file: Blob

    @property
    def effect(self) -> str:
        return f"asset/{self.job}"


class Export(Work):
    """A finished film in another form, or a part of it."""

    wish: Wish

    @property
    def effect(self) -> str:
        return f"export/{self.job}"


class Mix(Work):
    """Mix and encode the film's sound: known as soon as all is spoken and the music is settled."""

    head_start: ClassVar[int] = 30
    config: VideoConfig
    narrations: tuple[Narration, ...]
    audio: tuple[Blob, ...]
    music: Blob | None
    attempt: int = 1
    """From the second on it was lost in the store, and is mixed whatever is found there."""

    @property
    def effect(self) -> str:
        return f"sound/{self.job}/{self.attempt}"

    @property
    def parts(self) -> tuple[Blob, ...]:
        return (*self.audio, *((self.music,) if self.music else ()))

    @property
    def key(self) -> str:
        """Where the sound is kept: named by its voices, their places, the music and its length."""
        whole = timing(self.narrations, self.config)
        spoken = (f"{blob.key}@{start:.6f}" for blob, start in zip(self.audio, whole.voices, strict=True))
        music = self.music.key if self.music else ""
        return address("sound", SOUND_VERSION, *spoken, music, f"{whole.duration:.6f}", suffix=".sound")

    def samples(self, seconds: float) -> int:
        """As many as the pictures last: frames times samples a frame."""
        clock = Format.of(self.config)
        return clock.frames(seconds) * RATE // clock.fps


class Join(Work):
    """Make the film of its parts."""

    head_start: ClassVar[int] = 40
    title: str
    config: VideoConfig
    narrations: tuple[Narration, ...]
    chunks: tuple[Blob, ...]
    owners: tuple[str, ...]
    """The scene of each chunk."""
    opening: Blob
    sound: Blob
    music: bool
    """Whether there is any."""
    warnings: tuple[str, ...] = ()
    """What was said of it on the way: codes of the reading, words of the rest."""
    attempt: int = 1
    font: Blob | None = None
    """What the subtitles are written with, if it was brought."""

    @property
    def effect(self) -> str:
        return f"video/{self.job}/{self.attempt}"
