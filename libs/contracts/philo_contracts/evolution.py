"""How a job changes with each fact of its stream. The table of transitions is the law: what is not in it cannot happen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from philo_contracts.changes import told_by
from philo_contracts.envelope import Envelope
from philo_contracts.events import (
    CostRecorded,
    Event,
    FilmRevised,
    JobCancelled,
    JobCompleted,
    JobFailed,
    JobModerating,
    JobQueued,
    JobRefused,
    JobRequested,
    JobRetried,
    JobStarted,
    ModerationOverruled,
    ModerationUpheld,
    PreviewGrew,
    SceneRedrawAbandoned,
    SceneRedrawStarted,
)
from philo_contracts.job import Job, Status
from philo_contracts.progress import measured

AT_WORK = frozenset({Status.PROCESSING})
DONE = frozenset({Status.COMPLETED})
OPEN = frozenset({Status.PENDING, Status.QUEUED, Status.MODERATING, Status.PROCESSING})
TRANSITIONS: dict[type[Event], tuple[frozenset[Status], Status]] = {
    JobQueued: (frozenset({Status.PENDING}), Status.QUEUED),
    JobModerating: (frozenset({Status.QUEUED}), Status.MODERATING),
    JobRefused: (frozenset({Status.MODERATING}), Status.MODERATION_FAILED),
    JobStarted: (frozenset({Status.MODERATING}), Status.PROCESSING),
    JobCompleted: (frozenset({Status.PROCESSING}), Status.COMPLETED),
    JobFailed: (frozenset({Status.PROCESSING}), Status.FAILED),
    JobRetried: (frozenset({Status.FAILED}), Status.QUEUED),
    ModerationOverruled: (frozenset({Status.MODERATION_FAILED}), Status.QUEUED),
    JobCancelled: (OPEN | {Status.FAILED, Status.MODERATION_FAILED}, Status.CANCELLED),
}
"""Which fact leads from where to where. `JobRequested` begins a stream: pending."""
STAYING: dict[type[Event], frozenset[Status]] = {
    CostRecorded: frozenset(Status),
    ModerationUpheld: frozenset({Status.MODERATION_FAILED}),
    PreviewGrew: AT_WORK | DONE,
    SceneRedrawStarted: DONE,
    FilmRevised: DONE,
    SceneRedrawAbandoned: DONE,
}
"""When facts may be said that lead nowhere else. All others are news of work, said while the job is processing."""


class ImpossibleTransition(Exception):
    """This fact cannot follow: the job is not in a state that allows it."""


def evolve(job: Job, fact: Event, at: datetime) -> Job:
    """The job after one more fact. Raises `ImpossibleTransition`."""
    change: dict[str, Any] = {"version": job.version + 1, "updated_at": at}
    if isinstance(fact, JobRequested) != (job.version == 0):
        raise ImpossibleTransition(f"{type(fact).__name__} at version {job.version + 1}")
    if job.version:
        allowed, change["status"] = ways_of(fact, job.status)
        if job.status not in allowed:
            raise ImpossibleTransition(f"{type(fact).__name__} cannot follow while the job is {job.status.value}")
    change |= told_by(fact, job, at)
    return measured(job.model_copy(update=change))


def ways_of(fact: Event, now: Status) -> tuple[frozenset[Status], Status]:
    """Where a fact may be said, and where it leads from `now`."""
    return TRANSITIONS.get(type(fact)) or (STAYING.get(type(fact), AT_WORK), now)


def fold(facts: Iterable[Envelope], job: Job | None = None) -> Job:
    """The job after these facts of its stream."""
    state = job or Job()
    for envelope in facts:
        state = evolve(state, envelope.fact(), envelope.time)
    return state
