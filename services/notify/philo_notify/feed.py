"""The feed in the database: written in one go a unit, read from any message on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asyncpg import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.job import Job
from philo_kernel.database import connected

VIEW = "select state::text from job_view where id = $1 for update"
SAVE = """
    insert into job_view(id, user_id, project_id, version, state)
    select id, user_id, project_id, version, state::jsonb
    from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[]) fresh(id, user_id, project_id, version, state)
    on conflict (id) do update set version = excluded.version, state = excluded.state"""
NUMBERS = """
    insert into reader(user_id, last) values ($1, $2)
    on conflict (user_id) do update set last = reader.last + excluded.last returning last"""
WRITE = """
    insert into feed(user_id, id, job, event, at, body)
    select $1, * from unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])"""
AFTER = """
    select id, event, body from feed
    where user_id = $1 and id > $2 and ($3::text is null or job = $3) order by id limit $4"""
LAST = "select coalesce((select last from reader where user_id = $1), 0)"
BEFORE_NEWEST = "select coalesce(max(id) - 1, 0) from feed where user_id = $1 and job = $2"
OWNER = "select user_id, project_id from job_view where id = $1"
PAGE = 100


@dataclass(frozen=True)
class News:
    """A message that has no number yet."""

    job: str
    event: str
    at: datetime
    body: str


@dataclass(frozen=True)
class Numbered:
    id: int
    event: str
    body: str


async def view(connection: Connection, job: str) -> Job:
    """The job as it was last told; an empty one when it is new."""
    state = await connection.fetchval(VIEW, job)
    return Job.model_validate_json(state) if state else Job()


async def save(connection: Connection, jobs: Sequence[Job]) -> None:
    await connection.execute(
        SAVE,
        [job.id for job in jobs],
        [job.user_id for job in jobs],
        [job.project_id for job in jobs],
        [job.version for job in jobs],
        [job.model_dump_json() for job in jobs],
    )


async def write(connection: Connection, user: str, news: Sequence[News]) -> None:
    """Give the messages the user's next numbers."""
    last: int = await connection.fetchval(NUMBERS, user, len(news))
    numbers = list(range(last - len(news) + 1, last + 1))
    columns = [[getattr(one, name) for one in news] for name in ("job", "event", "at", "body")]
    await connection.execute(WRITE, user, numbers, *columns)


class Feed:
    """The readers' side."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    async def after(self, user: str, number: int, job: str | None) -> list[Numbered]:
        """The next messages, at most a page of them."""
        async with connected(self.engine) as connection:
            rows = await connection.exec_driver_sql(AFTER, (user, number, job, PAGE))
            return [Numbered(row.id, row.event, row.body) for row in rows]

    async def start(self, user: str, job: str | None) -> int:
        """Where a reader begins that names no message: for a job with its newest one, else with what comes next."""
        async with connected(self.engine) as connection:
            query, values = (BEFORE_NEWEST, (user, job)) if job else (LAST, (user,))
            return int((await connection.exec_driver_sql(query, values)).scalar_one())

    async def owner(self, job: str) -> tuple[str, str | None] | None:
        """Whose job it is, and in which project; None if it has not been heard of."""
        async with connected(self.engine) as connection:
            row = (await connection.exec_driver_sql(OWNER, (job,))).first()
            return (row.user_id, row.project_id) if row else None
