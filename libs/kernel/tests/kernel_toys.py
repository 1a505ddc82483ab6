"""A toy service: two facts, two orders, and ways to look at what became of them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import asyncpg

from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import Event
from philo_kernel.data_keys import SEALED
from philo_kernel.relay import headers
from philo_kernel.tables import CANCELLED, DEAD_LETTERS, FACTS, INBOX, LIVES, OUTBOX, QUEUE, TOOK
from philo_kernel.work import Work


class ToyWound(Event, source="toy"):
    job: str
    turn: int = 0
    note: str = ""


class ToyRang(Event, source="toy"):
    job: str
    turn: int = 0


class ToyTicked(Event, source="toy"):
    progress: ClassVar[bool] = True

    job: str
    tick: int


class ToyBroke(Event, source="toy"):
    job: str
    why: str


class Ring(Work):
    turn: int = 0

    @property
    def effect(self) -> str:
        return f"ring/{self.job}/{self.turn}"


class Polish(Work):
    @property
    def effect(self) -> str:
        return f"polish/{self.job}"


STATE = "create table heard(handler text not null, job text not null, turn int not null, at bigserial primary key)"
HEARD = "insert into heard(handler, job, turn) values ($1, $2, $3)"


async def create_tables(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statements in (FACTS, OUTBOX, INBOX, DEAD_LETTERS, CANCELLED, *QUEUE, LIVES, SEALED, TOOK, STATE):
            await connection.execute(statements)
    finally:
        await connection.close()


def wound(job: str, turn: int = 1, *, stream: str | None = None, note: str = "", tenant: str | None = None) -> Envelope:
    fact = ToyWound(job=job, turn=turn, note=note)
    return wrap(fact, source="toy", stream=stream or f"toy/{job}", version=turn, tenant=tenant)


@dataclass
class Lying:
    """A record as it lies on Kafka."""

    value: bytes | None
    headers: list[tuple[str, bytes]]
    offset: int = 0
    key: bytes | None = b"a"
    topic: str = "toys"
    partition: int = 0


def lying(*facts: Envelope, start: int = 0) -> list[Lying]:
    return [
        Lying(
            fact.model_dump_json().encode(),
            headers(fact.id, fact.type, fact.traceparent),
            start + index,
            fact.correlationid.encode(),
        )
        for index, fact in enumerate(facts)
    ]


async def until(true: Callable[[], Awaitable[object]], seconds: float = 30) -> None:
    """Await a condition; the limit only keeps a broken test from hanging."""
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110 - the condition lies in a server
            await asyncio.sleep(0.02)


class Look:
    """A second pair of eyes on a service's database. A test and the task it watches may look at once: each in its turn."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection, self.turn = connection, asyncio.Lock()

    async def value(self, query: str, *values: object) -> object:
        async with self.turn:
            return await self.connection.fetchval(query, *values)

    async def column(self, query: str, *values: object) -> list:
        async with self.turn:
            return [row[0] for row in await self.connection.fetch(query, *values)]

    async def counts(self) -> dict[str, int]:
        tables = ("event", "outbox", "inbox", "dead_letter", "pgqueuer", "heard")
        return {table: await self.value(f"select count(*) from {table}") for table in tables}

    async def types(self, stream: str) -> list[str]:
        return await self.column("select type from event where stream = $1 order by version", stream)

    async def heard(self, handler: str, job: str) -> list[int]:
        return await self.column("select turn from heard where handler = $1 and job = $2 order by at", handler, job)

    async def handled(self, handler: str, event: UUID) -> bool:
        return bool(await self.value("select true from inbox where handler = $1 and event = $2", handler, event))

    async def hang_up_others(self) -> None:
        """Cut every other connection to this database, as a failing server does."""
        await self.column(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid()"
        )
