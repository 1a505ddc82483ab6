"""One unit of work: inbox, state, facts and tasks, committed together or not at all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

import structlog
from asyncpg import Connection
from opentelemetry.context import Context
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import Event
from philo_kernel import store, telemetry
from philo_kernel.database import connected
from philo_kernel.enqueue import Ordered, enqueue
from philo_kernel.work import Work

committing: ContextVar[Callable[[Connection], Awaitable[None]] | None] = ContextVar("committing", default=None)
"""What a request wants written in each unit that it commits, at the very end. Raising undoes the unit."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Write = Callable[[], Awaitable[None]]


class RolledBack(Exception):
    """Nothing of a unit was kept, though nobody had said so."""


@dataclass
class Unit:
    """What a handler may touch. `session` is for the service's own tables; it commits with everything else."""

    source: str
    connection: Connection
    session: AsyncSession
    cause: Envelope | None = None
    memory: dict[str, Any] = field(default_factory=dict)
    """What one handler has loaded and the next event of the same unit may use again."""
    _facts: list[Envelope] = field(default_factory=list)
    _tasks: list[Ordered] = field(default_factory=list)
    _before_commit: list[tuple[Envelope | None, Context, Write]] = field(default_factory=list)
    _after_commit: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    def say(self, fact: Event, *, stream: str, version: int = 1, tenant: str | None = None) -> Envelope:
        """Append a fact at this version of its stream; the commit fails with `StreamConflict` if that version is taken.

        It is whose it says itself, else `tenant`'s, else whose its cause is.
        """
        envelope = wrap(
            fact,
            source=self.source,
            stream=stream,
            version=version,
            because=self.cause.id if self.cause else None,
            tenant=tenant or (self.cause.tenantid if self.cause else None),
            traceparent=telemetry.current(),
        )
        self._facts.append(envelope)
        return envelope

    def start(self, work: Work, *, after: timedelta | None = None, waited_for: Sequence[str] = ()) -> None:
        """Enqueue long work; it exists once this unit commits, and is not begun before `after` is over.

        `waited_for` are the traceparents of what else it had to wait for: its trace links back to them.
        """
        cause = {"causationid": str(self.cause.id)} if self.cause else {}
        tenant = {"tenant": self.cause.tenantid} if self.cause and self.cause.tenantid else {}
        kept = {} if work.kept else {"kept": "no"}
        links = {"links": " ".join(waited_for)} if waited_for else {}
        about = {"job": work.job, "priority": work.priority.value}
        headers = {**about, **cause, **tenant, **kept, **links, **telemetry.carried()}
        payload = work.model_dump_json().encode()
        self._tasks.append(Ordered(type(work).__name__, payload, headers, work.priority, work.lead, after))

    async def load(self, stream: str) -> list[Envelope]:
        """A stream with what this unit itself has said so far."""
        await self.flush()
        return await store.load(self.connection, stream)

    def before_commit(self, write: Callable[[], Awaitable[None]]) -> None:
        """Write what was changed in memory, once, at the end of the unit. Its cause and its trace are those of now."""
        self._before_commit.append((self.cause, telemetry.now(), write))

    def after_commit(self, tell: Callable[[], Awaitable[None]]) -> None:
        """A hint to somebody, after the truth is written. It may be lost."""
        self._after_commit.append(tell)

    async def flush(self) -> None:
        if self._facts:
            facts, self._facts = self._facts, []
            await store.append(self.connection, facts)
        if self._tasks:
            tasks, self._tasks = self._tasks, []
            await enqueue(self.connection, tasks)

    async def close(self) -> None:
        for cause, moment, write in self._before_commit:
            self.cause = cause
            with telemetry.resumed(moment):
                await write()
        await self.session.flush()
        await self.flush()
        if mark := committing.get():
            await mark(self.connection)

    async def tell(self) -> None:
        for told in self._after_commit:
            try:
                await told()
            except Exception as error:  # noqa: BLE001 - the truth is written; a hint may be lost
                log.warning("a hint was lost", source=self.source, error=repr(error))


@asynccontextmanager
async def unit_of_work(engine: AsyncEngine, source: str, cause: Envelope | None = None) -> AsyncIterator[Unit]:
    """Everything inside commits together when the block ends well, and not at all when it raises."""
    async with connected(engine) as connection:
        raw = cast("Connection", (await connection.get_raw_connection()).driver_connection)
        async with transaction(raw), AsyncSession(connection, expire_on_commit=False) as session:
            unit = Unit(source, raw, session, cause)
            yield unit
            await unit.close()
    await unit.tell()


@asynccontextmanager
async def transaction(connection: Connection) -> AsyncIterator[None]:
    """BEGIN and COMMIT without a statement more. The engine is in autocommit mode, so SQLAlchemy adds none of its own.

    PostgreSQL answers the commit of a failed transaction with a silent rollback: an error that somebody has caught
    would undo the whole unit unseen. That raises `RolledBack`.
    """
    try:  # a connection that was cancelled in the middle of `begin` must not go back into the pool with it
        await connection.execute("begin")
        yield
        await commit(connection)
    except BaseException:
        if not connection.is_closed() and connection.is_in_transaction():
            await connection.execute("rollback")
        raise


async def commit(connection: Connection) -> None:
    if await connection.execute("commit") != "COMMIT":
        raise RolledBack("a statement of this unit had failed, so PostgreSQL undid all of it")
