"""What a fact of a job is called in the feed, and what a live message says. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from philo_contracts.events import (
    CostRecorded,
    Event,
    FilmRevised,
    JobCancelled,
    JobCompleted,
    JobFailed,
    JobModerating,
    JobPlanned,
    JobQueued,
    JobRefused,
    JobRequested,
    JobRetried,
    JobStarted,
    ModerationOverruled,
    ModerationUpheld,
    MusicAdded,
    PreviewGrew,
    SceneDrawn,
    ScenePainted,
    SceneProgressed,
    SceneRedrawAbandoned,
    SceneRedrawStarted,
    SceneVoiced,
)
from philo_contracts.job import Job
from philo_contracts.resource import JobResource, shown

Name = Literal["job.created", "job.progress", "job.scene", "job.completed", "job.failed", "job.cancelled", "heartbeat"]

NAMES: dict[type[Event], Name] = {
    JobRequested: "job.created",
    JobQueued: "job.progress",
    JobModerating: "job.progress",
    JobStarted: "job.progress",
    JobPlanned: "job.progress",
    SceneVoiced: "job.scene",
    ScenePainted: "job.scene",
    SceneProgressed: "job.progress",
    SceneDrawn: "job.scene",
    PreviewGrew: "job.scene",
    MusicAdded: "job.progress",
    CostRecorded: "job.progress",
    JobCompleted: "job.completed",
    JobFailed: "job.failed",
    JobRefused: "job.failed",
    JobCancelled: "job.cancelled",
    JobRetried: "job.progress",
    ModerationOverruled: "job.progress",
    ModerationUpheld: "job.progress",
    SceneRedrawStarted: "job.scene",
    SceneRedrawAbandoned: "job.scene",
    FilmRevised: "job.completed",
}


class Message(BaseModel):
    """One live message. `id` grows by one from message to message of a user; `job` is the whole job at that moment,
    but for its script, which never changes and is read at `/jobs/{id}`."""

    id: str
    event: Name
    at: datetime
    job: JobResource


def body(job: Job, event: Event, at: datetime) -> str:
    """A message as JSON, but for the id, which it gets when it is written down."""
    resource = shown(job.model_copy(update={"script": None}))
    fields: dict[str, Any] = {"event": NAMES[type(event)], "at": at, "job": resource}
    return Message.model_construct(id="", **fields).model_dump_json(exclude={"id"})


def numbered(number: int, text: str) -> str:
    """The message as it is sent."""
    return f'{{"id":"{number}",{text[1:]}'
