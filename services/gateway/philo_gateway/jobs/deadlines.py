"""A job that nothing moves any more is not at work forever: it is looked at when its limit is reached."""

from __future__ import annotations

from datetime import timedelta

from philo_contracts.events import DeadlineReached, JobCompleted, JobModerating, JobRefused
from philo_contracts.evolution import OPEN
from philo_gateway.jobs.domain import overdue
from philo_gateway.jobs.store import held
from philo_kernel.handler import Handler, on
from philo_kernel.unit import Unit
from philo_kernel.work import Work, task

SOFT_LIMIT = timedelta(hours=1)
FORGET = "delete from pgqueuer where headers->>'job' = $1 and entrypoint = 'Watch' and status = 'queued'"


class Watch(Work):
    """Look after a job later. `version` is what it was when this was ordered, so that each look is one of its own."""

    kept = False
    version: int

    @property
    def effect(self) -> str:
        return f"deadline/{self.job}/{self.version}"


@task(Watch)
async def watch(work: Watch, ports: object) -> DeadlineReached:  # noqa: ARG001 - every task is given ports
    return DeadlineReached(job=work.job)


def deadlines(limit: timedelta = SOFT_LIMIT) -> tuple[Handler, ...]:
    """The handlers that give up a job of which nothing was heard for `limit`."""

    @on(JobModerating)
    async def watch_job(fact: JobModerating, unit: Unit) -> None:
        if unit.cause is None:
            raise RuntimeError("a job is watched because of a fact")
        unit.start(Watch(job=fact.job, version=unit.cause.streamversion), after=limit)

    @on(DeadlineReached)
    async def look_after_job(fact: DeadlineReached, unit: Unit) -> None:
        one = await held(unit, fact.job)
        if unit.cause is None or one.job.updated_at is None or one.job.status not in OPEN:
            return
        left = one.job.updated_at + limit - unit.cause.time
        for decision in overdue(one.job, unit.cause.time, limit):
            one.say(unit, decision)
        if one.job.status in OPEN:
            unit.start(Watch(job=fact.job, version=one.job.version), after=max(left, timedelta(seconds=1)))

    return watch_job, look_after_job, forget_deadline


@on(JobCompleted, JobRefused)
async def forget_deadline(fact: JobCompleted | JobRefused, unit: Unit) -> None:
    """What has failed or was cancelled is taken out of the queue by the kernel."""
    await unit.connection.execute(FORGET, fact.job)
