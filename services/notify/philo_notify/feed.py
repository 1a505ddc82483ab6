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
    insert into job_view(id, user_id, project_id, version, state, updated)
    select id, user_id, project_id, version, state::jsonb, updated
    from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::timestamptz[])
      fresh(id, user_id, project_id, version, state, updated)
    on conflict (id) do update set version = excluded.version, state = excluded.state, updated = excluded.updated"""
NUMBERS = """
    insert into reader(user_id, last) values ($1, $2)
    on conflict (user_id) do update set last = reader.last + excluded.last returning last"""
WRITE = """
    insert into feed(user_id, id, job, event, at, whole, body)
    select $1, * from unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::bool[], $7::text[])"""
# One statement, and so one moment: what was dropped before it cannot be missing from what it finds unseen, and what it
# does not find has a later number than `last`.
AFTER = """
    select asked.place,
      coalesce((select f.id from feed_floor f where f.user_id = asked.u and f.job = coalesce(asked.j, '')), 0) as floor,
      coalesce((select r.last from reader r where r.user_id = asked.u), 0) as last,
      exists(select from data_key k where k.tenant = asked.u and k.erased_at is not null) as ended, news.*
    from unnest($1::text[], $2::bigint[], $3::text[]) with ordinality asked(u, n, j, place)
    left join lateral (
      select id, job, event, whole, body from feed
      where user_id = asked.u and id > asked.n and (asked.j is null or job = asked.j) order by id limit $4) news on true
    order by asked.place, news.id"""
STATE = """
    select coalesce((select last from reader where user_id = $1), 0) as last, jobs.state
    from (values (1)) one left join lateral (
      select state::text from job_view where user_id = $1 and ($2::text is null or id = $2)
      order by updated desc limit $3) jobs on true"""
WORDS = "select body from feed where job = $1 and id < $2 and whole order by id desc limit 1"
LAST = "select coalesce((select last from reader where user_id = $1), 0)"
OWNER = "select user_id, project_id from job_view where id = $1"
GROWN = """
    select user_id, last from reader where user_id = any($1)
    union all select tenant, null from data_key where tenant = any($1) and erased_at is not null"""
PAGE = 100
NEWEST = 50
"""Jobs that are told of after a restart; `GET /jobs` has all."""


@dataclass(frozen=True)
class News:
    """A message that has no number yet."""

    job: str
    event: str
    at: datetime
    whole: bool
    body: str


@dataclass(frozen=True)
class Numbered:
    id: int
    job: str
    event: str
    whole: bool
    body: str


@dataclass(frozen=True)
class Place:
    """Somewhere in the feed of a user, or in what it has of one job: after this number."""

    user: str
    number: int
    job: str | None


@dataclass(frozen=True)
class Stretch:
    """What follows a place, at most a page. Of what lies at or below `floor` some was dropped; `last` is the user's
    newest number, and `ended` says that there will never be another, because they were erased."""

    floor: int
    last: int
    ended: bool
    messages: list[Numbered]


@dataclass(frozen=True)
class State:
    """Jobs as they are with the message `last`, the one that changed last coming last."""

    last: int
    jobs: list[Job]


async def view(connection: Connection, job: str) -> Job:
    """The job as it was last told; an empty one when it is new."""
    state = await connection.fetchval(VIEW, job)
    return Job.stored(state) if state else Job()


async def save(connection: Connection, jobs: Sequence[Job]) -> None:
    await connection.execute(
        SAVE,
        [job.id for job in jobs],
        [job.user_id for job in jobs],
        [job.project_id for job in jobs],
        [job.version for job in jobs],
        [job.model_dump_json() for job in jobs],
        [job.updated_at for job in jobs],
    )


async def write(connection: Connection, user: str, news: Sequence[News]) -> int:
    """Give the messages the user's next numbers. The newest."""
    last: int = await connection.fetchval(NUMBERS, user, len(news))
    numbers = list(range(last - len(news) + 1, last + 1))
    columns = [[getattr(one, name) for one in news] for name in ("job", "event", "at", "whole", "body")]
    await connection.execute(WRITE, user, numbers, *columns)
    return last


class Feed:
    """The readers' side."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    async def after(self, user: str, number: int, job: str | None) -> Stretch:
        """The next messages, at most a page of them."""
        return (await self.stretches([Place(user, number, job)]))[0]

    async def stretches(self, places: Sequence[Place]) -> list[Stretch]:
        """What follows each of these, all at one moment."""
        columns = [[getattr(place, name) for place in places] for name in ("user", "number", "job")]
        async with connected(self.engine) as connection:
            rows = (await connection.exec_driver_sql(AFTER, (*columns, PAGE))).all()
        found: list[Stretch] = []
        for row in rows:
            if row.place > len(found):
                found.append(Stretch(row.floor, row.last, row.ended, []))
            if row.id is not None:
                found[-1].messages.append(Numbered(row.id, row.job, row.event, row.whole, row.body))
        return found

    async def state(self, user: str, job: str | None) -> State:
        """The user's newest jobs, or the one, as they are."""
        async with connected(self.engine) as connection:
            rows = (await connection.exec_driver_sql(STATE, (user, job, NEWEST))).all()
        jobs = [Job.stored(row.state) for row in reversed(rows) if row.state is not None]
        return State(rows[0].last, jobs)

    async def words(self, job: str, before: int) -> str:
        """The last message before this one that had all words of the job."""
        async with connected(self.engine) as connection:
            return str((await connection.exec_driver_sql(WORDS, (job, before))).scalar_one())

    async def last(self, user: str) -> int:
        """The number of the user's newest message; 0 when there is none."""
        async with connected(self.engine) as connection:
            return int((await connection.exec_driver_sql(LAST, (user,))).scalar_one())

    async def grown(self, users: Sequence[str]) -> dict[str, int | None]:
        """The number of each user's newest message; none of those who were erased."""
        async with connected(self.engine) as connection:
            rows = await connection.exec_driver_sql(GROWN, (list(users),))
            return {row.user_id: row.last for row in rows}

    async def owner(self, job: str) -> tuple[str, str | None] | None:
        """Whose job it is, and in which project; None if it has not been heard of."""
        async with connected(self.engine) as connection:
            row = (await connection.exec_driver_sql(OWNER, (job,))).first()
            return (row.user_id, row.project_id) if row else None
