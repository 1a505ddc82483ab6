"""What would grow forever is pruned."""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel import inbox
from philo_kernel.unit import unit_of_work

EVERY = 3600.0
INBOX_DAYS = 14
"""Longer than any topic keeps its records, so that nothing which is forgotten here can come again."""
QUEUE_LOG = "delete from pgqueuer_log where created < now() - interval '7 days'"
CANCELLED = "delete from cancelled where at < now() - interval '7 days'"


async def keep(engine: AsyncEngine) -> None:
    while True:
        async with unit_of_work(engine, "housekeeping") as unit:
            await inbox.prune(unit.connection, INBOX_DAYS)
            await unit.connection.execute(QUEUE_LOG)
            await unit.connection.execute(CANCELLED)
        await asyncio.sleep(EVERY)
