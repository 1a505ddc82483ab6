"""Facts of what is seen, said by render."""

from __future__ import annotations

from typing import ClassVar

from philo_contracts.events.base import Event
from philo_contracts.events.calls import ProviderCalled
from philo_contracts.events.hello import HelloAnswered
from philo_contracts.shapes import Blob, Fault, Mood, MusicProvider, Picture


class PictureMade(Event, source="render"):
    job: str
    scene: str
    revision: int
    shown: Picture
    provider: str
    reused: bool = False
    warnings: tuple[str, ...] = ()


class TimelinePlanned(Event, source="render"):
    """Every scene is spoken, so the film's length is known to the frame."""

    job: str
    duration: float
    starts: tuple[float, ...]
    mood: Mood
    genre: str
    music: bool
    origin: str | None = None
    """The job that was read first, where this one is an edit or a fork: equal origins have equal music."""
    provider: MusicProvider = "philo"
    track: Blob | None = None
    """What somebody brought to be played instead."""


class FrameRendered(Event, source="render"):
    """Frame `done` of `total` of a scene's segment is drawn; at most two a second a job."""

    progress: ClassVar[bool] = True

    job: str
    scene: str
    revision: int
    done: int
    total: int


class SceneRendered(Event, source="render"):
    """A scene is drawn and encoded: closed chunks, in order, that are joined by copying their packets."""

    job: str
    scene: str
    revision: int
    chunks: tuple[Blob, ...]
    frames: int
    duration: float
    reused: bool = False
    """Every chunk was there already."""


class PreviewExtended(Event, source="render"):
    """A scene can be watched: voice and picture as one part of a stream (fMP4); `init` is the same for all parts."""

    job: str
    scene: str
    revision: int
    index: int
    init: Blob
    part: Blob
    start: float
    duration: float


class SoundMixed(Event, source="render"):
    """Voices and music as one, encoded, as long as the film to the frame."""

    job: str
    sound: Blob
    reused: bool = False


class PartsLost(Event, source="render"):
    """What was drawn or mixed is missing or damaged in the store when the film is joined, and is made again.

    `attempt` says which join of the film has found that out, from 1; `sound`, whether the sound is among it.
    """

    job: str
    attempt: int
    scenes: tuple[str, ...] = ()
    sound: bool = False


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


class VideoExported(Event, source="render"):
    """A film in another form."""

    job: str
    file: Blob
    duration: float
    width: int
    height: int
    fps: int


class AssetIngested(Event, source="render"):
    """What was uploaded is understood and can be used: shown, or else `kept` as a track or a font.

    `duration` is of footage and tracks, `fps` of footage only.
    """

    asset: str
    user: str
    shown: Picture | None = None
    kept: Blob | None = None
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    fps: float | None = None
    codec: str | None = None


class AssetRefused(Event, source="render"):
    """What was uploaded cannot be used."""

    asset: str
    user: str
    fault: Fault


class RenderFailed(Event, source="render"):
    job: str
    fault: Fault


class PictureProviderCalled(ProviderCalled, source="render"):
    """A painter was asked."""


class RenderSaidHello(HelloAnswered, source="render"):
    """Render hears gateway, and is heard."""
