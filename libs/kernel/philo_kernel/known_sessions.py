"""Who logged out everywhere, as a service knows it: auth says so, and the access tokens of before are refused here."""

from __future__ import annotations

import asyncio
import math
import time

from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.events import SessionsEnded, UserErased
from philo_kernel.database import connected
from philo_kernel.handler import on
from philo_kernel.unit import Unit

ENDED_SESSIONS = """
create table ended_session(
  user_id text primary key,
  generation int not null,
  at timestamptz not null default now());
create index ended_session_at on ended_session(at);
"""
ENDED = """
    insert into ended_session(user_id, generation) values ($1, $2)
    on conflict (user_id) do update set at = now(), generation = excluded.generation
      where excluded.generation > ended_session.generation"""
RECENT = "select user_id, generation from ended_session where at > now() - interval '1 hour'"
"""Access tokens live half an hour: whatever was ended before has expired by itself."""

NEVER = 2**31 - 1
"""A generation that no token will ever have."""

FRESH = 1.0
"""Seconds until the recent ones are read again: so long, and not more, may a token outlive its session here."""


@on(SessionsEnded, UserErased)
async def know_ended_sessions(fact: SessionsEnded | UserErased, unit: Unit) -> None:
    generation = fact.generation if isinstance(fact, SessionsEnded) else NEVER
    await unit.connection.execute(ENDED, fact.user, generation)


class KnownSessions:
    """The lookup that `Identity` needs. It holds the few of the last hour, so that most requests read nothing."""

    def __init__(self, engine: AsyncEngine, *, fresh: float = FRESH) -> None:
        self.engine, self.fresh = engine, fresh
        self.recent: dict[str, int] = {}
        self.read_at = -math.inf
        self.lock = asyncio.Lock()

    async def generation(self, user: str) -> int:
        if self.is_old():
            async with self.lock:
                if self.is_old():
                    await self.read()
        return self.recent.get(user, 0)

    def is_old(self) -> bool:
        return time.monotonic() - self.read_at >= self.fresh

    async def read(self) -> None:
        begun = time.monotonic()
        async with connected(self.engine) as connection:
            rows = (await connection.exec_driver_sql(RECENT)).all()
        self.recent, self.read_at = {row.user_id: row.generation for row in rows}, begun
