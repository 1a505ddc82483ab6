"""Limits on what strangers may try, kept in rows: exact, however many ask at once and wherever they are answered."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from philo_kernel.http.problems import TooManyRequests
from philo_kernel.unit import Unit

from .limits import Limit
from .ports import Clock, Units

TAKE = """
    insert into throttle(key, free_at) values ($1, $2::timestamptz + $3)
    on conflict (key) do update set free_at = greatest(throttle.free_at, $2) + $3
      where greatest(throttle.free_at, $2) + $3 <= $2::timestamptz + $4
    returning true"""
FREE_AT = "select free_at from throttle where key = $1"
GIVE_BACK = "update throttle set free_at = free_at - $2::interval where key = $1"

log = structlog.stdlib.get_logger("philo.auth")


@dataclass(frozen=True)
class Bound:
    """One thing that is limited: what is done, and to or by whom."""

    what: str
    who: str
    limit: Limit


@dataclass(frozen=True)
class Throttle:
    units: Units
    now: Clock
    key: bytes
    """Hashes whom a limit is about: no address or number stands in its rows."""

    async def take(self, bounds: Sequence[Bound], words: str) -> None:
        """One of each, or none of any: raises `TooManyRequests` with `words` and how long to wait."""
        async with self.units() as unit:
            # In one order, so that two who want the same never wait for each other.
            for bound in sorted(bounds, key=self.row):
                if wait := await self.refused(unit, bound):
                    log.info("too many", what=bound.what)
                    raise TooManyRequests(words, retry_after=wait.total_seconds())

    async def give_back(self, bounds: Sequence[Bound]) -> None:
        """What turned out to be no misuse does not count."""
        async with self.units() as unit:
            for bound in sorted(bounds, key=self.row):
                await unit.connection.execute(GIVE_BACK, self.row(bound), bound.limit.step)

    async def refused(self, unit: Unit, bound: Bound) -> timedelta | None:
        """Take one; how long to wait if there is none left."""
        now, limit, row = self.now(), bound.limit, self.row(bound)
        if await unit.connection.fetchval(TAKE, row, now, limit.step, limit.span):
            return None
        free_at = await unit.connection.fetchval(FREE_AT, row)
        return limit.wait(free_at, now) or limit.step

    def row(self, bound: Bound) -> str:
        whom = hmac.digest(self.key, f"limit\0{bound.what}\0{bound.who}".encode(), "sha256")
        return f"{bound.what}/{whom[:16].hex()}"
