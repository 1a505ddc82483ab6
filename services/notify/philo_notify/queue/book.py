"""The book of jobs: which are open, and what those that are done took. Written with the feed, in the same unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import orjson
from asyncpg import Connection

from philo_contracts.job import Job, Status
from philo_notify import figures
from philo_notify.queue.domain import WAIT, done_of, is_open, legs_of, length_of, work_in

NOTE = """
    insert into queue_job(job, user_id, kind, resolution, length, due, begun, ended, done)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb)
    on conflict (job) do update set length = excluded.length, ended = excluded.ended, done = excluded.done"""
OTHERS = """
    select begun, coalesce(ended, $3) as ended from queue_job
    where job <> $1 and begun < $3 and (ended is null or ended > $2) limit 2000"""
UNMEASURED = "select work is null from queue_job where job = $1"
WORKED = """
    update queue_job set work = $2::text::jsonb where job = $1
    returning extract(epoch from ended - promised_at)::float as took, promised"""


async def note(connection: Connection, jobs: Sequence[Job]) -> None:
    """Write down how far these jobs are. Those that are done are measured, unless they were tried more than once."""
    rows = [row_of(job) for job in sorted(jobs, key=lambda job: job.id)]
    await connection.executemany(NOTE, rows)
    for job in jobs:
        if job.status is Status.COMPLETED and job.attempts <= 1 and await connection.fetchval(UNMEASURED, job.id):
            await measure(connection, job)


def row_of(job: Job) -> tuple[object, ...]:
    created = job.created_at
    assert created is not None, "a job that was told of has a time"
    ended = None if is_open(job) else (job.completed_at or job.updated_at)
    due = created + timedelta(seconds=WAIT[job.priority])
    sort = (job.kind, job.config.resolution, length_of(job))
    return job.id, job.user_id, *sort, due, created, ended, orjson.dumps(done_of(job)).decode()


async def measure(connection: Connection, job: Job) -> None:
    legs = legs_of(job)
    if not legs:
        return
    others = await others_of(connection, job.id, legs[0][1], legs[-1][2])
    work = {leg: work_in(start, end, others) for leg, start, end in legs}
    row = await connection.fetchrow(WORKED, job.id, orjson.dumps(work).decode())
    if row and row["promised"]:
        figures.ended(job.kind, row["took"], row["promised"])


async def others_of(
    connection: Connection, job: str, start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    return [(row["begun"], row["ended"]) for row in await connection.fetch(OTHERS, job, start, end)]
