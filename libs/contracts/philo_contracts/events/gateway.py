"""Facts of the job, said by gateway: the stream `job/<id>` is the whole story of a job, in order."""

from __future__ import annotations

from decimal import Decimal

from philo_contracts.events.base import Event
from philo_contracts.shapes import (
    Blob,
    Brought,
    Export,
    Fault,
    Moderation,
    Mood,
    Picture,
    Plan,
    Priority,
    Quote,
    Scene,
    Take,
    VideoConfig,
)


class JobRequested(Event, source="gateway"):
    """Someone asked for a film. The job is pending."""

    job: str
    user: str
    kind: str = "video"
    title: str | None = None
    script: str | None = None
    prompt: str | None = None
    project: str | None = None
    session: str | None = None
    priority: Priority = Priority.DEFAULT
    max_retries: int = 3
    retry_delay_seconds: float = 60
    metadata: dict[str, str | int | float | bool | None] = {}
    config: VideoConfig = VideoConfig()
    parent: str | None = None
    """The job that this one edits, forks or exports."""
    plan: Plan | None = None
    export: Export | None = None
    brought: Brought = Brought()
    quote: Quote = Quote()
    trace_id: str | None = None
    """The trace (W3C Trace Context) in which all of it is made."""


class JobQueued(Event, source="gateway"):
    """The job is accepted and waits for its turn."""

    job: str
    reason: str = "accepted"


class JobModerating(Event, source="gateway"):
    """Its words are being checked before anything is made of them."""

    job: str


class JobRefused(Event, source="gateway"):
    """Its words may not become a film: moderation_failed."""

    job: str
    moderation: Moderation
    fault: Fault


class ModerationOverruled(Event, source="gateway"):
    """An operator approved words that had been refused. It carries what has to be read, so that nobody is asked for it."""

    job: str
    user: str
    operator: str
    reason: str
    priority: Priority = Priority.DEFAULT
    title: str | None = None
    script: str | None = None
    prompt: str | None = None
    config: VideoConfig = VideoConfig()
    plan: Plan | None = None


class ModerationUpheld(Event, source="gateway"):
    """An operator looked at words that had been refused, and they stay so."""

    job: str
    operator: str
    reason: str


class JobStarted(Event, source="gateway"):
    """Its words were approved: processing."""

    job: str
    moderation: Moderation


class JobPlanned(Event, source="gateway"):
    """The text is understood; these are its scenes."""

    job: str
    title: str
    summary: str = ""
    language: str
    mood: Mood = Mood.NEUTRAL
    scenes: tuple[Scene, ...]
    provider: str
    model: str | None = None


class SceneVoiced(Event, source="gateway"):
    job: str
    scene: str
    revision: int
    duration: float
    provider: str


class ScenePainted(Event, source="gateway"):
    job: str
    scene: str
    revision: int
    shown: Picture
    provider: str


class SceneProgressed(Event, source="gateway"):
    """Frames of a scene were drawn: `done` of `total`."""

    job: str
    scene: str
    revision: int
    done: int
    total: int


class SceneDrawn(Event, source="gateway"):
    job: str
    scene: str
    revision: int
    duration: float


class PreviewGrew(Event, source="gateway"):
    """One more scene of the gapless beginning can be watched."""

    job: str
    scene: str
    init: Blob
    part: Blob
    duration: float


class MusicAdded(Event, source="gateway"):
    job: str
    duration: float


class JobCompleted(Event, source="gateway"):
    """The film is there. An export has neither poster nor subtitles of its own."""

    job: str
    video: Blob
    poster: Blob | None = None
    srt: Blob | None = None
    vtt: Blob | None = None
    duration: float
    width: int
    height: int
    fps: int
    warnings: tuple[str, ...] = ()


class JobFailed(Event, source="gateway"):
    job: str
    fault: Fault


class JobRetried(Event, source="gateway"):
    """It failed and is tried once more, for the `attempt`-th time: what was being done or was left is taken up again."""

    job: str
    attempt: int
    reason: str


class DeadlineReached(Event, source="gateway"):
    """It is time to look whether a job still moves. No fact of its stream."""

    job: str


class JobCancelled(Event, source="gateway"):
    """Nobody wants this any more: every service drops what is queued and stops what runs."""

    job: str
    reason: str


class CostRecorded(Event, source="gateway"):
    """What was put aside for the job until now, what of it was spent, and what was given back when it had ended."""

    job: str
    reserved: Decimal
    actual: Decimal
    released: Decimal


class SceneRedrawStarted(Event, source="gateway"):
    """Someone wants a scene of a finished film otherwise: `child` is the job that makes `revision` of it."""

    job: str
    scene: str
    revision: int
    child: str


class FilmRevised(Event, source="gateway"):
    """An edit is done: this is the film now. The one before stays readable; `takes` are the scenes that changed."""

    job: str
    child: str
    revision: int
    takes: tuple[Take, ...]
    video: Blob
    poster: Blob | None = None
    srt: Blob | None = None
    vtt: Blob | None = None
    duration: float
    width: int
    height: int
    fps: int
    warnings: tuple[str, ...] = ()


class SceneRedrawAbandoned(Event, source="gateway"):
    """The edit came to nothing: the scene is what it was."""

    job: str
    scene: str
    child: str
    reason: str


class AssetUploaded(Event, source="gateway"):
    """Someone brought a picture, footage, a track or a font. Nobody has looked at it yet."""

    asset: str
    user: str
    project: str | None = None
    file: Blob
    filename: str


class AssetDeleted(Event, source="gateway"):
    asset: str
    user: str


class HelloSaid(Event, source="gateway"):
    """Somebody tries whether every service hears, and is heard: each answers with a fact of its own."""

    hello: str
    user: str
    name: str
