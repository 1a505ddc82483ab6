"""A job fails and is retried: its work is laid aside as it was ordered, and taken up again.

No service has to know how: what is done is done, what was left undone lies in `laid_aside`, what broke lies in the dead
letters. All of it comes back as the next attempt, and finds what was finished in the store.
"""

from __future__ import annotations

from philo_contracts.events import JobFailed, JobRequested, JobRetried
from philo_kernel import dead_letters, lives
from philo_kernel.cancellation import drop
from philo_kernel.enqueue import again, enqueue
from philo_kernel.handler import on
from philo_kernel.unit import Unit
from philo_kernel.work import Retries

TERMS = """
    insert into job_life(job, max_retries, retry_delay) values ($1, $2, $3)
    on conflict (job) do update set max_retries = excluded.max_retries, retry_delay = excluded.retry_delay"""
ASIDE = """
    insert into laid_aside(job, entrypoint, payload, headers)
    select $1, entrypoint, payload, headers from (
      select * from pgqueuer where headers->>'job' = $1 and coalesce((headers->>'attempt')::int, 1) <= $2
        and headers->>'kept' is null order by id for update) unfinished"""
TAKE = "delete from laid_aside where job = $1 returning id, entrypoint, payload, headers"
# What its job went on without is not asked for again.
MEND = """
    delete from dead_letter where kind = 'task' and headers->>'job' = $1 and headers->>'dispensable' is null
    returning id, handler, value, headers"""
REDRIVE = "update dead_letter set redrive = true where kind = 'event' and key = $1 returning id"


@on(JobRequested)
async def note_terms(event: JobRequested, unit: Unit) -> None:
    """Most jobs are retried as the work itself says, and need no row."""
    usual = Retries()
    if (event.max_retries + 1, event.retry_delay_seconds) != (usual.attempts, usual.first.total_seconds()):
        await unit.connection.execute(TERMS, event.job, event.max_retries, event.retry_delay_seconds)


@on(JobFailed)
async def lay_work_aside(event: JobFailed, unit: Unit) -> None:
    """Nothing of a failed job goes on; what is finished stays."""
    await unit.flush()
    await lives.end(unit.connection, event.job, event.fault.attempt)
    await unit.connection.execute(ASIDE, event.job, event.fault.attempt)
    await drop(unit.connection, event.job, event.fault.attempt)


@on(JobRetried)
async def take_work_up(event: JobRetried, unit: Unit) -> None:
    """What was laid aside and what had failed comes back; facts that could not be handled are tried again."""
    await unit.flush()
    if await unit.connection.fetchval(lives.BEGUN, event.job, event.attempt) == lives.ALL:
        return
    left = await unit.connection.fetch(TAKE, event.job)
    broken = await unit.connection.fetch(MEND, event.job)
    orders = [(row["entrypoint"], row["payload"], row["headers"]) for row in sorted(left, key=lambda row: row["id"])]
    orders += [(row["handler"], row["value"], row["headers"]) for row in sorted(broken, key=lambda row: row["id"])]
    if orders:
        await enqueue(unit.connection, [again(*one) for one in orders])
    if await unit.connection.fetch(REDRIVE, event.job.encode()):
        await unit.connection.execute("select pg_notify($1, '')", dead_letters.CHANNEL)
