"""What tests of render share: everything that is said about a film, and a crew that works at once."""

from pathlib import Path

import numpy as np

from philo_contracts.events import (
    AudioSynthesized,
    Event,
    MusicComposed,
    MusicFailed,
    PictureMade,
    SceneRendered,
    ScriptAnalyzed,
    SoundMixed,
)
from philo_contracts.shapes import Blob, Fault, Mood, MusicWish, Picture, Priority, Scene, VideoConfig, Word
from philo_kernel.children import ChildDied
from philo_kernel.objects import MissingObject
from philo_render import crew
from philo_render.crew import Cut, Drawn, Spoiled, Staged, no_room
from philo_render.film import BrokenChunkError
from philo_render.orders import Draw
from philo_render.pictures.composition import Composition
from philo_render.sources import NormalPicture

JOB = "j"
DAMAGED = b"damaged"
AUDIBLE = "The keeper climbed the winding stairs."


def blob(name: str) -> Blob:
    return Blob(key=name, size_bytes=3, media_type="a/b")


def scene(index: int, narration: str = AUDIBLE) -> Scene:
    return Scene(id=f"s{index:02d}", index=index, title=f"Scene {index}", narration=narration, visual_prompt="a sea")


def words(narration: str = AUDIBLE) -> tuple[Word, ...]:
    each = narration.split()
    return tuple(
        Word(text=word, start=round(at * 0.3, 3), end=round(at * 0.3 + 0.25, 3)) for at, word in enumerate(each)
    )


def analyzed(scenes: int = 3, *, music: bool = True, narration: str = AUDIBLE) -> ScriptAnalyzed:
    told = {"title": "A film", "summary": "…", "language": "en", "mood": Mood.CALM, "provider": "test"}
    named = tuple(scene(index, narration) for index in range(scenes))
    config = VideoConfig(music=MusicWish(enabled=music), resolution="480p", fps=24)
    return ScriptAnalyzed(job=JOB, user="ada", priority=Priority.HIGH, config=config, scenes=named, **told)


def spoken(index: int, narration: str = AUDIBLE) -> AudioSynthesized:
    heard = words(narration)
    told = {"duration": heard[-1].end + 0.2, "words": heard, "provider": "test", "voice": "test"}
    return AudioSynthesized(job=JOB, scene=scene(index).id, revision=1, audio=blob(f"audio-{index}"), **told)


def painted(index: int) -> PictureMade:
    shown = Picture(image=blob(f"picture-{index}"), thumbnail=blob(f"thumbnail-{index}"))
    return PictureMade(job=JOB, scene=scene(index).id, revision=1, provider="test", shown=shown)


def drawn(index: int) -> SceneRendered:
    return SceneRendered(
        job=JOB, scene=scene(index).id, revision=1, chunks=(blob(f"chunk-{index}"),), frames=48, duration=2.0
    )


def composed() -> MusicComposed:
    return MusicComposed(job=JOB, music=blob("music"), duration=9, mood=Mood.CALM, genre="ambient", provider="test")


def mixed() -> SoundMixed:
    return SoundMixed(job=JOB, sound=blob("sound"))


def silent() -> MusicFailed:
    return MusicFailed(job=JOB, duration=9, fault=Fault(code="unplayable_wish", message="No."))


def everything(scenes: int = 3) -> list[Event]:
    each = range(scenes)
    parts = [fact(index) for index in each for fact in (spoken, painted, drawn)]
    return [analyzed(scenes), *parts, composed(), mixed()]


class Shelf:
    """An object store in memory. It may be told to break at a name."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.breaks_at = ""

    async def put(self, key: str, body: bytes, media_type: str) -> Blob:
        if self.breaks_at and self.breaks_at in key:
            raise ConnectionError(f"cannot store {key}")
        self.kept[key] = body
        return Blob(key=key, size_bytes=len(body), media_type=media_type)

    async def put_file(self, key: str, path: Path, media_type: str) -> Blob:
        return await self.put(key, path.read_bytes(), media_type)  # noqa: ASYNC240 - a few bytes

    async def get(self, key: str) -> bytes:
        if key not in self.kept:
            raise MissingObject(key)
        return self.kept[key]

    async def get_file(self, key: str, path: Path) -> None:
        path.write_bytes(await self.get(key))  # noqa: ASYNC240 - a few bytes

    async def size(self, key: str) -> int | None:
        return len(self.kept[key]) if key in self.kept else None


class Instant:
    """A crew that draws nothing, and counts what it was asked."""

    def __init__(self, scratch: Path) -> None:
        self.scratch, self.asked, self.parts = scratch, [], None
        self.full = False
        self.dies_after = 0

    async def stage(self, order) -> Staged:
        self.asked.append("stage")
        return Staged(Composition(0, order.config.aspect, order.scene.title, "hill", left=True), (0.4, 0.5))

    async def paint(self, staged, order) -> crew.Picture:
        self.asked.append("paint")
        return crew.Picture(b"picture", b"small", b"layers" if order.config.depth else None)

    async def normalise(self, image) -> NormalPicture:
        self.asked.append("normalise")
        return NormalPicture(b"nice " + image, b"small", 1024, 1024, (0.3, 0.6))

    async def plan(self, order: Draw):
        self.asked.append("plan")
        return order.chunks()

    async def shoot(self, job, chunks, sources, hear) -> None:
        for chunk in chunks:
            self.asked.append("shoot")
            for _ in range(chunk.frames):
                hear(1)
            hear(Drawn(chunk.key, b"".join(sources[material.key] for material in chunk.materials)))
            if self.dies_after and self.asked.count("shoot") >= self.dies_after:
                raise ChildDied("killed")

    async def unusable(self, chunks, clock) -> tuple[int, ...]:
        self.asked.append("unusable")
        return tuple(at for at, chunk in enumerate(chunks) if chunk.read_bytes() == DAMAGED)

    async def preview(self, order, chunks, audio, target) -> bytes:
        self.asked.append("preview")
        if await self.unusable(chunks, None):
            raise BrokenChunkError("damaged")
        target.write_bytes(b"part of " + audio.read_bytes())
        return b"init"

    async def mix(self, order, tracks, target) -> None:
        self.asked.append("mix")
        music = [tracks.music] if tracks.music else []
        target.write_bytes(b" ".join(path.read_bytes() for path in (*tracks.voices, *music)))

    async def edit(self, order, parts, folder) -> Cut:
        self.parts = [[path.read_bytes() for path in kind] for kind in (parts.chunks, [parts.sound])]
        spoiled = Spoiled(await self.unusable(parts.chunks, None), self.parts[1] == [DAMAGED], "Chunk 0: damaged.")
        if spoiled.chunks or spoiled.sound:
            return spoiled
        if self.full:
            raise no_room(self.scratch, OSError(28, "No space left on device"))
        video = folder / "output.mp4"
        video.write_bytes(b"film")
        return Cut(video, b"poster", "srt", "vtt", 9.0, ("a warning",))


def noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(0).normal(0, 0.05, round(seconds * 22_050)).astype(np.float32)
