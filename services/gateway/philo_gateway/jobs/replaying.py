"""The row of a job, as it follows from its stream. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from philo_contracts.events import KNOWN, DeadlineReached
from philo_contracts.evolution import evolve
from philo_contracts.job import Job
from philo_gateway.jobs.store import stream_of
from philo_kernel.replay.projection import History, Projection, Row, Source, moment, plain, shaped

OF_JOBS = tuple(
    kind
    for kind in KNOWN.values()
    if kind.source == "gateway" and "job" in kind.model_fields and kind is not DeadlineReached
)


def jobs(story: History) -> Iterator[Row]:
    job, passed = Job(), list[str]()
    stream = stream_of(story.key)
    for envelope in (one for one in story.facts if one.subject == stream):
        before, job = job, evolve(job, envelope.fact(), envelope.time)
        if job.status is not before.status or not before.version:
            passed.append(job.status.value)
    if job.version:
        same = {name: getattr(job, name) for name in ("id", "user_id", "project_id", "kind", "version", "created_at")}
        yield {**same, "status": job.status.value, "state": job.model_dump(mode="json"), "passed": passed}


JOBS = Projection(
    table="job",
    story="id",
    identity=("id",),
    sources=(Source("gateway", OF_JOBS),),
    columns={
        "user_id": plain,
        "project_id": plain,
        "kind": plain,
        "status": plain,
        "version": plain,
        "created_at": moment,
        "state": shaped(Job),
        "passed": plain,
    },
    fold=jobs,
    fresh={"early": []},
)
