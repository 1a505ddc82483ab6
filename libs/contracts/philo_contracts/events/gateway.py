"""Facts of the job, said by gateway: the stream `job/<id>` is the whole story of a job, in order."""

from __future__ import annotations

from philo_contracts.events.base import Event
from philo_contracts.shapes import Blob, Fault, Moderation, Priority, Scene, VideoConfig


class JobRequested(Event, source="gateway"):
    """Someone asked for a film. The job is pending."""

    job: str
    user: str
    kind: str = "video"
    title: str | None = None
    script: str | None = None
    prompt: str | None = None
    project: str | None = None
    priority: Priority = Priority.DEFAULT
    max_retries: int = 3
    metadata: dict[str, str | int | float | bool | None] = {}
    config: VideoConfig = VideoConfig()


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


class JobStarted(Event, source="gateway"):
    """Its words were approved: processing."""

    job: str
    moderation: Moderation


class JobPlanned(Event, source="gateway"):
    """The text is understood; these are its scenes."""

    job: str
    title: str
    language: str
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
    thumbnail: Blob
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


class MusicAdded(Event, source="gateway"):
    job: str
    duration: float


class JobCompleted(Event, source="gateway"):
    """The film is there."""

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


class JobFailed(Event, source="gateway"):
    job: str
    fault: Fault


class JobCancelled(Event, source="gateway"):
    """Nobody wants this any more: every service drops what is queued and stops what runs."""

    job: str
    reason: str
