"""The whole film: segments in their places, and what follows from them: cues, voices, chapters."""

from __future__ import annotations

from philo_contracts.shapes import Value
from philo_render.film.cues import Cue
from philo_render.film.format import Format
from philo_render.film.segment import Segment, Shot


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
    """A segment in the film. Only here does a scene's place appear; the segment does not know it."""

    scene: str
    title: str
    first_frame: int
    cut_frame: int
    voice_frame: int
    segment: Segment
    cues: tuple[Cue, ...]
    """All subtitles, also when the segment does not burn them in."""


class Timeline(Value):
    format: Format
    title: str
    placed: tuple[Placed, ...]

    @property
    def frames(self) -> int:
        return sum(place.segment.frames for place in self.placed)

    @property
    def duration(self) -> float:
        return self.format.seconds(self.frames)

    @property
    def shots(self) -> tuple[Shot, ...]:
        """Every shot of the film, counted in frames of the film."""
        return tuple(
            shot.model_copy(update={"first_frame": shot.first_frame + place.first_frame})
            for place in self.placed
            for shot in place.segment.shots
        )

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


def segments(timeline: Timeline) -> tuple[Segment, ...]:
    """In film order; joined one after the other they are the film."""
    return tuple(place.segment for place in timeline.placed)
