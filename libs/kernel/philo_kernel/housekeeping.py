"""What would grow forever is pruned."""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel import inbox
from philo_kernel.http import first_answers
from philo_kernel.unit import unit_of_work

EVERY = 3600.0
INBOX_DAYS = 14
"""Longer than any topic keeps its records, so that nothing which is forgotten here can come again."""
QUEUE_LOG = "delete from pgqueuer_log where created < now() - interval '7 days'"
LIVES = "delete from job_life where at < now() - interval '30 days'"
ASIDE = "delete from laid_aside where at < now() - interval '30 days'"
"""Who comes back later to a failed job finds what is finished, but what was left has to be asked for anew."""


async def keep(engine: AsyncEngine) -> None:
    while True:
        async with unit_of_work(engine, "housekeeping") as unit:
            await inbox.prune(unit.connection, INBOX_DAYS)
            await unit.connection.execute(QUEUE_LOG)
            await unit.connection.execute(LIVES)
            await unit.connection.execute(ASIDE)
            await first_answers.prune(unit.connection)
        await asyncio.sleep(EVERY)
