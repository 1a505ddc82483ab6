"""Services whose speech, pictures and films cost nothing: `python -m benchmarks.instant tts`.

Everything else is as it is in production: handlers, tasks, facts, queues. What is left to measure is Philo's own cost.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import numpy as np

from philo_analysis import reactions as analysis
from philo_analysis.judging import Judgement
from philo_analysis.reading import Reading, ReadingRequest, Usage
from philo_analysis.tasks import Ports as AnalysisPorts
from philo_contracts.shapes import Aspect, Blob, Moderation, Mood, Scene, Word
from philo_kernel.handler import Handler
from philo_kernel.http.app import application
from philo_kernel.readiness import Started, checks
from philo_kernel.service import Service, prepare
from philo_kernel.settings import ServiceSettings, load
from philo_kernel.work import Task
from philo_render import reactions as render
from philo_render.crew import Cut, Drawn, Exported, Parts, Picture, Staged, Tracks, Understood
from philo_render.film import Chunk, Format, Sources
from philo_render.orders import Draw, Export, Join, Mix, Paint
from philo_render.pictures.composition import Composition
from philo_render.ports import Hear
from philo_render.ports import Ports as RenderPorts
from philo_render.providers.fallback import Fallback
from philo_render.reporter import Reporter
from philo_render.sources import NormalPicture, TrackFacts
from philo_tts import reactions as tts
from philo_tts.domain import Recording
from philo_tts.music.tracks import FittedTrack
from philo_tts.music_providers.fallback import Fallback as Composers
from philo_tts.ports import Ports as TtsPorts
from philo_tts.voices.catalogue import Voice, choose
from philo_tts.voices.speech import RATE, Speech

SCENES = 5
SENTENCE = "A line of words that is long enough to be shown as a subtitle."


class Nowhere:
    """An object store that keeps nothing."""

    async def put(self, key: str, body: bytes, media_type: str) -> Blob:
        return Blob(key=key, size_bytes=len(body), media_type=media_type)

    async def put_file(self, key: str, path: Path, media_type: str) -> Blob:
        return Blob(key=key, size_bytes=1, media_type=f"{media_type}; path={path.name}")

    async def get_file(self, key: str, path: Path) -> None:
        await asyncio.to_thread(path.write_text, key)

    async def get(self, key: str) -> bytes:
        return key.encode()

    async def size(self, key: str) -> int | None:
        return None if key else 0


class Fine:
    async def judge(self, text: str, language: str) -> Judgement:
        return Judgement(moderation=Moderation(score=0.0, categories=() if text else (language,)))


class Cutter:
    """Five scenes of whatever it is given."""

    async def read(self, request: ReadingRequest) -> Reading:
        scenes = tuple(
            Scene(id=f"s{index}", index=index, title=f"Scene {index}", narration=SENTENCE, visual_prompt="a hill")
            for index in range(SCENES)
        )
        usage = Usage(provider="instant", model="instant")
        return Reading(
            title=request.title or "Instant",
            summary="",
            language="en",
            characters=(),
            themes=(),
            scenes=scenes,
            usage=usage,
        )


class Speaker:
    def choose(self, language: str, voice: str | None = None) -> Voice:
        return choose(language, voice)

    async def speak(
        self,
        text: str,
        language: str,
        voice: str | None = None,
        speed: int = 50,
        pronunciations: Mapping[str, str] = MappingProxyType({}),
    ) -> Speech:
        words = text.split()
        spoken = tuple(
            Word(text=word, start=number * 0.3, end=number * 0.3 + 0.25) for number, word in enumerate(words)
        )
        pace = 2205 if language and speed and voice and not pronunciations else 1
        return Speech(np.zeros(pace, np.int16), RATE, spoken)


class Forgetful:
    async def once(self, key: str, make: Callable[[], Awaitable[Recording]]) -> tuple[Recording, bool]:
        return await make(), not key


class Silence:
    async def play(self, mood: Mood, seconds: float, genre: str, seed: int) -> bytes:
        return f"{mood} {seconds} {genre} {seed}".encode()

    async def fit(self, track: bytes, seconds: float) -> FittedTrack:
        return FittedTrack(track, None, round(seconds))


class Idle:
    """A crew that draws nothing."""

    async def stage(self, order: Paint) -> Staged:
        return Staged(Composition(0, Aspect.WIDE, order.scene.id, order.job, left=True), (0.5, 0.5))

    async def paint(self, staged: Staged, order: Paint) -> Picture:
        return Picture(f"{staged.focus} {order.size}".encode(), b"", b"")

    async def sample(self, look: str) -> bytes:
        return look.encode()

    async def normalise(self, image: bytes) -> NormalPicture:
        return NormalPicture(image, image, 2, 2, (0.5, 0.5))

    async def plan(self, order: Draw) -> tuple[Chunk, ...]:
        film = Format.of(order.config)
        return (Chunk(format=film, frames=film.fps, shots=(), highlight="none"),)

    async def shoot(self, job: str, chunks: Sequence[Chunk], sources: Sources, hear: Hear) -> None:
        for chunk in chunks:
            hear(Drawn(chunk.key, f"{job} {len(sources)}".encode()))

    async def unusable(self, chunks: Sequence[Path], clock: Format) -> tuple[int, ...]:
        return () if chunks else (clock.fps,)

    async def preview(self, order: Draw, chunks: Sequence[Path], audio: Path, target: Path) -> bytes:
        await asyncio.to_thread(target.write_text, f"{order.scene} {len(chunks)} {audio.name}")
        return b"head"

    async def mix(self, order: Mix, tracks: Tracks, target: Path) -> None:
        await asyncio.to_thread(target.write_text, f"{order.job} {len(tracks.voices)}")

    async def ingest(self, path: Path) -> Understood:
        return Understood(b"", b"", 2, 2, (0.5, 0.5), codec=path.suffix)

    async def listen(self, path: Path) -> TrackFacts:
        raise FileNotFoundError(path)  # nobody uploads here

    async def read_font(self, path: Path) -> bytes:
        raise FileNotFoundError(path)

    async def export(self, order: Export, source: Path, target: Path) -> Exported:
        return Exported(float(source == target), 2, 2, len(order.job))

    async def edit(self, order: Join, parts: Parts, folder: Path) -> Cut:
        return Cut(folder / "output.mp4", b"", "", "", float(len(parts.chunks)), (order.title,))


Room = tuple[Sequence[str], Sequence[Handler], Sequence[Task], object]
"""What a service hears, reacts with and works on, and the ports of its work."""
ROOMS: dict[str, Room] = {
    "analysis": (analysis.LISTENS_TO, analysis.HANDLERS, analysis.TASKS, AnalysisPorts(Fine(), Cutter(), 0.7)),
    "tts": (
        tts.LISTENS_TO,
        tts.HANDLERS,
        tts.TASKS,
        TtsPorts(Speaker(), Forgetful(), Silence(), Composers({}), Nowhere()),
    ),
    "render": (
        render.LISTENS_TO,
        render.HANDLERS,
        render.TASKS,
        RenderPorts(Idle(), Nowhere(), Reporter(), Fallback({})),
    ),
}


def run(name: str, room: Room) -> None:
    """Be this service until it is stopped."""
    settings = load(ServiceSettings)
    engine, started = prepare(name, settings), Started()
    listens_to, handlers, tasks, ports = room
    Service(
        name,
        settings,
        engine,
        listens_to=listens_to,
        handlers=handlers,
        tasks=tasks,
        ports=ports,
        api=application(name, "0", checks=checks(settings, engine, started)),
        parallel=16,
        started=started,
    ).run()


if __name__ == "__main__":
    run(sys.argv[1], ROOMS[sys.argv[1]])
