"""The whole film: scenes in their places, and what follows from them: cues, voices, chapters."""

from __future__ import annotations

from philo_contracts.shapes import Value
from philo_render.film.chunk import Chunk
from philo_render.film.cues import Cue
from philo_render.film.format import Format


class Caption(Value):
    """A cue in film time, seconds."""

    start: float
    end: float
    text: str


class Chapter(Value):
    """A scene as players list it, seconds."""

    title: str
    start: float
    end: float


class Placed(Value):
    """A scene in the film. Only here does its place appear; its chunks do not know it."""

    scene: str
    title: str
    first_frame: int
    cut_frame: int
    voice_frame: int
    chunks: tuple[Chunk, ...]
    cues: tuple[Cue, ...]
    """All subtitles, counted from the scene's first frame, also when the chunks do not burn them in."""

    @property
    def frames(self) -> int:
        return sum(chunk.frames for chunk in self.chunks)


class Timeline(Value):
    format: Format
    title: str
    placed: tuple[Placed, ...]

    @property
    def frames(self) -> int:
        return sum(place.frames for place in self.placed)

    @property
    def duration(self) -> float:
        return self.format.seconds(self.frames)

    @property
    def voices(self) -> dict[str, float]:
        """Scene id -> the second at which its voice begins."""
        return {place.scene: self.format.seconds(place.voice_frame) for place in self.placed}

    @property
    def cues(self) -> tuple[Caption, ...]:
        return tuple(
            Caption(
                start=self.format.seconds(place.first_frame + cue.first_frame),
                end=self.format.seconds(place.first_frame + cue.end_frame),
                text=cue.text,
            )
            for place in self.placed
            for cue in place.cues
        )

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """One a scene, from cut to cut; the first also holds the opening title."""
        starts = [place.cut_frame for place in self.placed]
        ends = [*starts[1:], self.frames]
        return tuple(
            Chapter(title=place.title, start=self.format.seconds(start), end=self.format.seconds(end))
            for place, start, end in zip(self.placed, starts, ends, strict=True)
        )


def chunks(timeline: Timeline) -> tuple[Chunk, ...]:
    """In film order; joined one after the other they are the film."""
    return tuple(chunk for place in timeline.placed for chunk in place.chunks)
