"""What the tasks of render need of the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from philo_kernel.children import Children
from philo_kernel.limits import Limits, minutes
from philo_kernel.objects import Objects
from philo_render import crew
from philo_render.crew import Cut, Drawn, Exported, Parts, Picture, Spoiled, Staged, Tracks, Understood
from philo_render.film import Chunk, Format, Sources
from philo_render.film.join import unusable
from philo_render.orders import Draw, Export, Join, Mix, Paint
from philo_render.providers.fallback import Fallback
from philo_render.reporter import Reporter
from philo_render.sources import NormalPicture, TrackFacts, normalised
from philo_render.turns import Turns

Hear = Callable[[int | Drawn], None]
"""Takes 1 for every frame, and every finished chunk."""

LIMITS = Limits(minutes(30), minutes(32))
EXPORTING = Limits(minutes(60), minutes(66))
"""A whole film in one go: an hour and three quarters of 1080p at most, a quarter of that in 2160p."""


class Crew(Protocol):
    """Those who do the drawing."""

    async def stage(self, order: Paint) -> Staged: ...
    async def paint(self, staged: Staged, order: Paint) -> Picture: ...
    async def sample(self, look: str) -> bytes: ...
    async def normalise(self, image: bytes) -> NormalPicture: ...
    async def plan(self, order: Draw) -> tuple[Chunk, ...]: ...
    async def shoot(self, job: str, chunks: Sequence[Chunk], sources: Sources, hear: Hear) -> None: ...
    async def unusable(self, chunks: Sequence[Path], clock: Format) -> tuple[int, ...]: ...
    async def preview(self, order: Draw, chunks: Sequence[Path], audio: Path, target: Path) -> bytes: ...
    async def ingest(self, path: Path) -> Understood: ...
    async def listen(self, path: Path) -> TrackFacts: ...
    async def read_font(self, path: Path) -> bytes: ...
    async def export(self, order: Export, source: Path, target: Path) -> Exported: ...
    async def mix(self, order: Mix, tracks: Tracks, target: Path) -> None: ...
    async def edit(self, order: Join, parts: Parts, folder: Path) -> Cut | Spoiled: ...


@dataclass(frozen=True)
class Ports:
    crew: Crew
    objects: Objects
    reporter: Reporter
    painters: Fallback
    scratch: Path | None = None
    """Where large things lie while they are worked on; the system's own place when unset."""


@dataclass(frozen=True)
class ChildCrew:
    """Each piece of work in a child process. What is done in milliseconds must not queue behind what takes minutes."""

    children: Children
    quick: Children
    aside: Children
    """For what is long but mostly waits for disks, and what strangers bring: joining, and looking at uploads."""
    turns: Turns
    """For drawing, as many as `children` and one that waits at hand: what paints or mixes queues behind no more."""

    async def stage(self, order: Paint) -> Staged:
        return await self.quick.run(crew.stage, order, limits=LIMITS)

    async def paint(self, staged: Staged, order: Paint) -> Picture:
        return await self.children.run(crew.paint, staged.composition, order.size, order.config.depth, limits=LIMITS)

    async def sample(self, look: str) -> bytes:
        return await self.quick.run(crew.sample, look, limits=LIMITS)

    async def normalise(self, image: bytes) -> NormalPicture:
        return await self.quick.run(normalised, image, limits=LIMITS)

    async def plan(self, order: Draw) -> tuple[Chunk, ...]:
        return await self.quick.run(Draw.chunks, order, limits=LIMITS)

    async def unusable(self, chunks: Sequence[Path], clock: Format) -> tuple[int, ...]:
        return await self.quick.run(unusable, chunks, clock, limits=LIMITS)

    async def preview(self, order: Draw, chunks: Sequence[Path], audio: Path, target: Path) -> bytes:
        return await self.quick.run(crew.preview, order, chunks, audio, target, limits=LIMITS)

    async def shoot(self, job: str, chunks: Sequence[Chunk], sources: Sources, hear: Hear) -> None:
        async with self.turns.of(job):
            await self.children.run(crew.shoot, chunks, sources, limits=LIMITS, progress=hear)

    async def ingest(self, path: Path) -> Understood:
        return await self.aside.run(crew.ingest, path, limits=LIMITS)

    async def listen(self, path: Path) -> TrackFacts:
        return await self.aside.run(crew.listen, path, limits=LIMITS)

    async def read_font(self, path: Path) -> bytes:
        return await self.aside.run(crew.read_font, path, limits=LIMITS)

    async def export(self, order: Export, source: Path, target: Path) -> Exported:
        return await self.children.run(crew.export, order, source, target, limits=EXPORTING)

    async def mix(self, order: Mix, tracks: Tracks, target: Path) -> None:
        await self.children.run(crew.mix, order, tracks, target, limits=LIMITS)

    async def edit(self, order: Join, parts: Parts, folder: Path) -> Cut | Spoiled:
        return await self.aside.run(crew.edit, order, parts, folder, limits=LIMITS)
