"""Facts of what is seen, said by render."""

from __future__ import annotations

from typing import ClassVar

from philo_contracts.events.base import Event
from philo_contracts.shapes import Blob, Fault, Mood


class PictureMade(Event, source="render"):
    job: str
    scene: str
    revision: int
    picture: Blob
    thumbnail: Blob
    focus: tuple[float, float] = (0.5, 0.5)
    """What the camera favours, as shares of width and height."""
    provider: str
    reused: bool = False


class TimelinePlanned(Event, source="render"):
    """Every scene is spoken, so the film's length is known to the frame."""

    job: str
    duration: float
    starts: tuple[float, ...]
    mood: Mood
    genre: str
    music: bool


class FrameRendered(Event, source="render"):
    """Frame `done` of `total` of a scene's segment is drawn; at most two a second a job."""

    progress: ClassVar[bool] = True

    job: str
    scene: str
    revision: int
    done: int
    total: int


class SceneRendered(Event, source="render"):
    """A scene is drawn and encoded: a closed segment that is joined by copying its packets."""

    job: str
    scene: str
    revision: int
    segment: Blob
    frames: int
    duration: float
    reused: bool = False


class VideoRendered(Event, source="render"):
    job: str
    video: Blob
    poster: Blob
    srt: Blob
    vtt: Blob
    duration: float
    width: int
    height: int
    fps: int
    warnings: tuple[str, ...] = ()


class RenderFailed(Event, source="render"):
    job: str
    fault: Fault
