"""What has expired is forgotten: codes, logins, and limits that are free again."""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel.unit import unit_of_work

EVERY = 600.0
"""Seconds."""
EXPIRED = (
    "delete from phone_code where expires_at < now()",
    "delete from refresh_family where expires_at < now()",
    "delete from throttle where free_at < now()",
)


async def keep(engine: AsyncEngine) -> None:
    while True:
        await forget(engine)
        await asyncio.sleep(EVERY)


async def forget(engine: AsyncEngine) -> None:
    for statement in EXPIRED:
        async with unit_of_work(engine, "forgetting") as unit:
            await unit.connection.execute(statement)
