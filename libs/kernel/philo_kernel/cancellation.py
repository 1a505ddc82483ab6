"""Nobody wants a job any more: drop what is queued, stop what runs."""

from __future__ import annotations

from collections.abc import Sequence

from asyncpg import Connection, Record
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries
from pgqueuer.types import JobId

from philo_contracts.events import JobCancelled
from philo_kernel import lives
from philo_kernel.handler import on
from philo_kernel.unit import Unit

TASKS = """
    select id from pgqueuer where headers->>'job' = $1 and coalesce((headers->>'attempt')::int, 1) <= $2
    order by id for update"""
OF_TENANT = "select id from pgqueuer where headers->>'tenant' = $1 order by id for update"
FORGET = "delete from laid_aside where job = $1"
MANY = 500
"""PgQueuer tells of them in one NOTIFY, which holds 8,000 bytes."""


@on(JobCancelled)
async def stop_cancelled_work(event: JobCancelled, unit: Unit) -> None:
    """Every service has this handler."""
    await unit.flush()
    await lives.end(unit.connection, event.job, lives.ALL)
    await drop(unit.connection, event.job, lives.ALL)
    await unit.connection.execute(FORGET, event.job)


async def drop(connection: Connection, job: str, attempt: int) -> None:
    """Take the tasks of these attempts out of the queue. PgQueuer tells the workers that run one of them."""
    await take_out(connection, await connection.fetch(TASKS, job, attempt))


async def drop_all_of(connection: Connection, tenant: str) -> None:
    """The same for all tasks that are somebody's."""
    await take_out(connection, await connection.fetch(OF_TENANT, tenant))


async def take_out(connection: Connection, rows: Sequence[Record]) -> None:
    tasks = [JobId(row["id"]) for row in rows]
    queue = Queries(AsyncpgDriver(connection))
    for start in range(0, len(tasks), MANY):
        await queue.mark_job_as_cancelled(tasks[start : start + MANY])
