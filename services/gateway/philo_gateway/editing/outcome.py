"""What becomes of a film when an edit of it has ended. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from philo_contracts.events import (
    Event,
    FilmRevised,
    JobCancelled,
    JobCompleted,
    JobFailed,
    JobRefused,
    SceneRedrawAbandoned,
)
from philo_contracts.job import Job, SceneState
from philo_contracts.shapes import Take
from philo_gateway.editing.plans import filmed

Ended = JobCompleted | JobFailed | JobCancelled | JobRefused
ENDS = (JobCompleted, JobFailed, JobCancelled, JobRefused)


def settled(parent: Job, child: Job, fact: Ended) -> Iterator[Event]:
    """The parent's own facts. None if no scene of it waits for this child: it was settled before."""
    waiting = next((scene for scene in parent.scenes if scene.redraw_job_id == child.id), None)
    if waiting is None:
        return
    made = child.scene(waiting.id)
    if isinstance(fact, JobCompleted) and made and parent.film:
        film = fact.model_dump(exclude={"job"}) | {"job": parent.id, "child": child.id, "takes": (take_of(made),)}
        yield FilmRevised.model_validate(film | {"revision": parent.film.revision + 1})
    else:
        yield SceneRedrawAbandoned(job=parent.id, scene=waiting.id, child=child.id, reason=reason_of(fact))


def take_of(scene: SceneState) -> Take:
    return Take(scene=filmed(scene), duration=scene.duration or 0, provider=scene.provider)


def reason_of(fact: Ended) -> str:
    match fact:
        case JobFailed() | JobRefused():
            return fact.fault.message
        case JobCancelled():
            return fact.reason
        case JobCompleted():
            return "its film does not have this scene"
