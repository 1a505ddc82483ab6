"""The job as everybody sees it: the fold of its stream. Pure, so that any moment of its life can be asked for.

Gateway decides with it, notify shows it, replay rebuilds it. Paths in it are paths of the HTTP surface.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from philo_contracts.shapes import Blob, Brought, Cost, Fault, Heading, Mood, Picture, Priority, Value, VideoConfig


class Status(StrEnum):
    PENDING = "pending"
    QUEUED = "queued"
    MODERATING = "moderating"
    PROCESSING = "processing"
    COMPLETED = "completed"
    MODERATION_FAILED = "moderation_failed"
    FAILED = "failed"
    CANCELLED = "cancelled"


FINAL = frozenset({Status.COMPLETED, Status.MODERATION_FAILED, Status.FAILED, Status.CANCELLED})

Step = Literal["waiting", "working", "ready", "failed"]
StageName = Literal["read", "speak", "paint", "draw", "join"]


class Stage(Value):
    """A stretch of the way; `done` of `total` steps."""

    name: StageName
    done: float = 0
    total: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None


class SceneState(Value):
    """One scene and how far it is."""

    id: str
    index: int
    revision: int
    status: Literal["waiting", "working", "rendered", "redrawing", "failed"] = "waiting"
    voice: Step = "waiting"
    picture: Step = "waiting"
    drawn: Step = "waiting"
    drawn_share: float = Field(default=0, ge=0, le=1)
    provider: str | None = None
    title: str
    narration: str
    visual_prompt: str
    mood: str
    language: str
    tags: tuple[str, ...] = ()
    speaker: str | None = None
    """Its own voice, where it has one."""
    speed: int | None = None
    duration: float | None = None
    shown: Picture | None = None
    redraw_job_id: str | None = None
    """The edit that is at work on it."""
    chapter: Heading | None = None
    strip: Heading | None = None


class ModerationState(Value):
    status: Literal["pending", "approved", "rejected"] = "pending"
    score: float | None = None
    categories: tuple[str, ...] = ()


class Film(Value):
    """What came out of it. `made_by` is the edit whose film this is, from the second revision on."""

    revision: int = 1
    made_by: str | None = None
    video: Blob
    poster: Blob | None = None
    srt: Blob | None = None
    vtt: Blob | None = None
    duration: float
    width: int
    height: int
    fps: int


class PreviewPart(Value):
    """A stretch of the gapless beginning: one scene, voice and picture."""

    scene: str
    init: Blob
    part: Blob
    duration: float


class Job(Value):
    """One job at one moment. `version` is the number of its facts that are in it."""

    id: str = ""
    kind: str = "video"
    status: Status = Status.PENDING
    progress: int = Field(default=0, ge=0, le=100)
    version: int = 0
    user_id: str = ""
    project_id: str | None = None
    session_id: str | None = None
    title: str | None = None
    prompt: str | None = None
    script: str | None = None
    summary: str = ""
    language: str | None = None
    mood: Mood = Mood.NEUTRAL
    parent_id: str | None = None
    origin: str | None = None
    config: VideoConfig = VideoConfig()
    brought: Brought = Brought()
    metadata: dict[str, str | int | float | bool | None] = {}
    priority: Priority = Priority.DEFAULT
    attempts: int = 0
    max_retries: int = 3
    retry_delay_seconds: float = 60
    moderation: ModerationState = ModerationState()
    cost: Cost = Cost()
    provider: str | None = None
    model: str | None = None
    generation_time_ms: int | None = None
    error: Fault | None = None
    warnings: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = tuple(Stage(name=name) for name in ("read", "speak", "paint", "draw", "join"))
    scenes: tuple[SceneState, ...] = ()
    music_ready: bool = False
    preview: tuple[PreviewPart, ...] = ()
    film: Film | None = None
    trace_id: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None

    @classmethod
    def stored(cls, state: str | Mapping[str, Any]) -> Job:
        """A job as it lies in a table. What a newer version has noted there is left unread: both run side by side for as
        long as the newer one is rolled out."""
        if isinstance(state, str):
            return cls.model_validate_json(state, extra="ignore")
        return cls.model_validate(state, extra="ignore")

    def scene(self, scene: str) -> SceneState | None:
        return next((found for found in self.scenes if found.id == scene), None)

    def stage(self, name: StageName) -> Stage:
        return next(stage for stage in self.stages if stage.name == name)
