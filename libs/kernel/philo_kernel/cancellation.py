"""Nobody wants a job any more: drop what is queued, stop what runs."""

from __future__ import annotations

from asyncpg import Connection
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries
from pgqueuer.types import JobId

from philo_contracts.events import JobCancelled
from philo_kernel.handler import on
from philo_kernel.unit import Unit

CHANNEL = "cancelled"
NOTE = "insert into cancelled(job) values ($1) on conflict do nothing"
TELL = "select pg_notify('cancelled', $1)"
KNOWN = "select job from cancelled where at > now() - interval '2 days'"
TASKS = "select id from pgqueuer where headers->>'job' = $1 order by id"
MANY = 500
"""PgQueuer tells of them in one NOTIFY, which holds 8,000 bytes."""


class Cancellations:
    """Which jobs were cancelled lately: read once, then told by NOTIFY. A miss costs work, never truth."""

    def __init__(self) -> None:
        self._jobs: set[str] = set()

    async def load(self, connection: Connection) -> None:
        self._jobs |= {row["job"] for row in await connection.fetch(KNOWN)}

    def add(self, job: str) -> None:
        self._jobs.add(job)

    def __contains__(self, job: str) -> bool:
        return job in self._jobs


@on(JobCancelled)
async def stop_cancelled_work(event: JobCancelled, unit: Unit) -> None:
    """Every service has this handler. PgQueuer tells the workers that run one of the tasks."""
    await unit.flush()
    await unit.connection.execute(NOTE, event.job)
    await unit.connection.execute(TELL, event.job)
    tasks = [JobId(row["id"]) for row in await unit.connection.fetch(TASKS, event.job)]
    queue = Queries(AsyncpgDriver(unit.connection))
    for start in range(0, len(tasks), MANY):
        await queue.mark_job_as_cancelled(tasks[start : start + MANY])
