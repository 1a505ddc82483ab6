"""A unit of work that is run once more: own tables are written, everything else is only noted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

from asyncpg import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from philo_contracts.envelope import Envelope
from philo_contracts.events import Event
from philo_kernel.database import connected
from philo_kernel.replay.rerun_script import Script
from philo_kernel.unit import Unit, transaction
from philo_kernel.work import Work


@dataclass
class RerunUnit(Unit):
    """Facts and orders go to the script, and hints to nobody."""

    script: Script = field(kw_only=True)

    def say(self, fact: Event, *, stream: str, version: int = 1, tenant: str | None = None) -> Envelope:
        return self.script.say(self.cause, fact, stream, version, tenant)

    def start(self, work: Work, *, after: timedelta | None = None, waited_for: Sequence[str] = ()) -> None:  # noqa: ARG002
        """When it would be begun is no matter here."""
        self.script.order(self.cause, work)

    async def load(self, stream: str) -> list[Envelope]:
        return self.script.stream(stream)

    async def flush(self) -> None:
        """Nothing waits to be appended or enqueued."""

    async def tell(self) -> None:
        """Hints leave the process."""


@asynccontextmanager
async def rerun_unit(
    engine: AsyncEngine, script: Script, agree: Callable[[], None] = lambda: None
) -> AsyncIterator[RerunUnit]:
    """As `unit_of_work`: what it writes into its own tables is committed when the block ends well, and `agree`, which is
    asked when all is written, does not raise."""
    async with connected(engine) as connection:
        raw = cast("Connection", (await connection.get_raw_connection()).driver_connection)
        async with transaction(raw), AsyncSession(connection, expire_on_commit=False) as session:
            unit = RerunUnit(script.service, raw, session, script=script)
            yield unit
            await unit.close()
            agree()
