"""What a fact of a job is called in the feed, and what a live message says. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import orjson
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
from philo_contracts.job import Job, Status
from philo_contracts.resource import JobResource, shown

JobName = Literal["job.created", "job.progress", "job.scene", "job.completed", "job.failed", "job.cancelled"]
Name = JobName | Literal["queue.metrics", "restart", "heartbeat"]

NAMES: dict[type[Event], JobName] = {
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
NOW: dict[Status, JobName] = {
    Status.PENDING: "job.created",
    Status.COMPLETED: "job.completed",
    Status.FAILED: "job.failed",
    Status.MODERATION_FAILED: "job.failed",
    Status.CANCELLED: "job.cancelled",
}
"""What a message is called that tells how a job is, and not what has happened. All others are on their way."""
WORDY = frozenset({JobRequested, JobPlanned, FilmRevised})
"""After these a job reads otherwise than before."""
WORDS = frozenset({"prompt", "config", "metadata"})
SCENE_WORDS = frozenset({"narration", "visual_prompt"})
"""What a job and its scenes say is large, and seldom changes."""
UNSAID: dict[str, Any] = {"script": True, **dict.fromkeys(WORDS, True), "scenes": {"__all__": SCENE_WORDS}}


class QueueFigures(BaseModel):
    """Where a job stands. `position` 1 is whose turn is next; `estimated_time` is seconds until it is done."""

    pending_jobs: int
    position: int
    estimated_time: float


class Message(BaseModel):
    """One live message. `id` grows by one from message to message of a user.

    `job` is the job at that moment, but for its script, which never changes and is read at `/jobs/{id}`. Its words
    (`prompt`, `config`, `metadata`, and of each scene `narration` and `visual_prompt`) come with the first message about it
    on a connection and with each that changes them: `whole` is true then. Where it is false they are left out, and are
    what they were.

    Messages that are no news carry the number of the last one that was: `heartbeat`; `queue.metrics`, with `job_id` and
    `queue`; and `restart`, which says that what was missed is not kept any more. After it come jobs as they are now, and
    then a heartbeat with the number to go on from.
    """

    id: str
    event: Name
    at: datetime
    whole: bool | None = None
    job: JobResource | None = None
    job_id: str | None = None
    queue: QueueFigures | None = None


def body(job: Job, name: JobName, at: datetime, *, whole: bool) -> str:
    """A message as JSON, but for the id, which it gets when it is written down."""
    resource = shown(job.model_copy(update={"script": None}))
    told = resource.model_dump_json(exclude=None if whole else UNSAID)
    return f'{{"event":"{name}","at":"{moment(at)}","whole":{str(whole).lower()},"job":{told}}}'


def as_it_is(job: Job) -> str:
    """A message about a job of which nothing new is to be said."""
    at = job.updated_at
    assert at is not None, "a job that was told of has a time"
    return body(job, NOW.get(job.status, "job.progress"), at, whole=True)


def completed(light: str, whole: str) -> str:
    """The message with the words that an earlier one about the same job had."""
    message, words = orjson.loads(light), orjson.loads(whole)["job"]
    scenes = {scene["id"]: scene for scene in words["scenes"]}
    job = message["job"]
    job |= {name: words[name] for name in ("script", *WORDS)}
    job["scenes"] = [{**scenes[scene["id"]], **scene} for scene in job["scenes"]]
    return orjson.dumps(message | {"whole": True}).decode()


def numbered(number: int, text: str) -> str:
    """The message as it is sent."""
    return f'{{"id":"{number}",{text[1:]}'


def heartbeat(last: int, at: datetime) -> str:
    return numbered(last, f'{{"event":"heartbeat","at":"{moment(at)}"}}')


def restart(last: int, at: datetime) -> str:
    return numbered(last, f'{{"event":"restart","at":"{moment(at)}"}}')


def queue_metrics(last: int, at: datetime, job: str, figures: QueueFigures) -> str:
    told = f'{{"event":"queue.metrics","at":"{moment(at)}","job_id":"{job}","queue":{figures.model_dump_json()}}}'
    return numbered(last, told)


def moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
