"""The crew of a job that is run once more: it plans as ever, and hands over what was made then under the same names."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from philo_contracts.events import Event, PartsLost, PictureMade, VideoExported, VideoRendered
from philo_kernel.replay.rerun_answers import Answers, empty
from philo_render import crew, film
from philo_render.crew import Cut, Drawn, Exported, Parts, Picture, Spoiled, Staged, Tracks, Understood
from philo_render.film import Chunk, Format, Sources
from philo_render.orders import Draw, Export, Join, Mix, Paint
from philo_render.ports import Hear
from philo_render.sources import NormalPicture, TrackFacts

SOMETHING = b"."


class RecordedCrew:
    """A `Crew`. Bytes are none: objects are known by their names, which plans give them."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def stage(self, order: Paint) -> Staged:
        return await asyncio.to_thread(crew.stage, order)

    async def plan(self, order: Draw) -> tuple[Chunk, ...]:
        return await asyncio.to_thread(order.chunks)

    async def paint(self, staged: Staged, order: Paint) -> Picture:  # noqa: ARG002 - a port's signature
        return Picture(b"", b"", SOMETHING if order.config.depth else None)

    async def shoot(self, job: str, chunks: Sequence[Chunk], sources: Sources, hear: Hear) -> None:  # noqa: ARG002
        for chunk in chunks:
            hear(Drawn(chunk.key, b""))

    async def unusable(self, chunks: Sequence[Path], clock: Format) -> tuple[int, ...]:  # noqa: ARG002
        return ()

    async def preview(self, order: Draw, chunks: Sequence[Path], audio: Path, target: Path) -> bytes:  # noqa: ARG002
        empty(target)
        return b""

    async def mix(self, order: Mix, tracks: Tracks, target: Path) -> None:  # noqa: ARG002 - a port's signature
        empty(target)

    async def normalise(self, image: bytes) -> NormalPicture:
        """A picture that was bought, with its thumbnail: the recording has both."""
        kept = self._answers.recording.objects
        for made in self._answers.said(PictureMade):
            if kept.get(made.shown.image.key) == image:
                small = kept.get(made.shown.thumbnail.key, b"") if made.shown.thumbnail else b""
                return NormalPicture(image, small, 0, 0, made.shown.focus)
        raise self._answers.unknown("a picture to be made ready, which was not bought then")

    async def export(self, order: Export, source: Path, target: Path) -> Exported:  # noqa: ARG002 - a port's signature
        empty(target)
        made = self.then(f"export/{order.job}")
        if not isinstance(made, VideoExported):
            raise self._answers.unknown(f"export/{order.job}, which was not exported then")
        return Exported(made.duration, made.width, made.height, made.fps)

    async def edit(self, order: Join, parts: Parts, folder: Path) -> Cut | Spoiled:
        """What was lost then is lost again; how long the film is and what has to be told of it is found out anew."""
        match self.then(order.effect):
            case PartsLost() as lost:
                spoilt = tuple(number for number, scene in enumerate(order.owners) if scene in lost.scenes)
                return Spoiled(spoilt, lost.sound, "")
            case VideoRendered() as made:
                empty(folder / "output.mp4")
                timeline = await asyncio.to_thread(film.plan, order.narrations, order.config, order.title)
                told = made.warnings if order.font else crew.warnings_of(order, parts.font)
                return Cut(folder / "output.mp4", b"", "", "", timeline.duration, told)
            case _:
                raise self._answers.unknown(f"{order.effect}, which was not joined then")

    async def sample(self, look: str) -> bytes:
        raise self._answers.unknown(f"a sample of {look}")

    async def ingest(self, path: Path) -> Understood:  # noqa: ARG002 - a port's signature
        raise self._answers.unknown("an upload to be looked at")

    async def listen(self, path: Path) -> TrackFacts:  # noqa: ARG002 - a port's signature
        raise self._answers.unknown("a track to be listened to")

    async def read_font(self, path: Path) -> bytes:  # noqa: ARG002 - a port's signature
        raise self._answers.unknown("a font to be read")

    def then(self, effect: str) -> Event | None:
        """What was said of this effect."""
        said = (one.fact for one in self._answers.recording.of("render"))
        return next((fact.fact() for fact in said if fact.subject == effect), None)
