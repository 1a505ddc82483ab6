"""How many projects somebody may have."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from philo_gateway.projects.tables import ProjectRow
from philo_gateway.quotas.turns import Turns
from philo_kernel.http.problems import Conflict
from philo_kernel.unit import unit_of_work

ONE_BY_ONE = "select pg_advisory_xact_lock(hashtextextended('projects of ' || $1, 0))"
COUNT = "select count(*) from project where user_id = $1"
FULL = "You have {most:,} projects, and more are not kept. Delete one that you do not need: its jobs stay."


@dataclass(frozen=True)
class Folders:
    """`most` is how many projects a user has; `turns` keep those who make many at once off the connections of others."""

    engine: AsyncEngine
    most: int
    turns: Turns

    async def add(self, row: ProjectRow) -> None:
        """Exact, however many come at once. Raises `Conflict` where there are as many as there may be."""
        async with self.turns.of(row.user_id), unit_of_work(self.engine, "gateway") as unit:
            await unit.connection.execute(ONE_BY_ONE, row.user_id)
            if await unit.connection.fetchval(COUNT, row.user_id) >= self.most:
                raise Conflict(FULL.format(most=self.most))
            unit.session.add(row)
