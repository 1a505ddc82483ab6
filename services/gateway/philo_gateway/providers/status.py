"""What is known of providers, and having them looked at. Redis carries both; without it nobody knows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from decimal import Decimal

from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_gateway.money.amounts import rounded, shown
from philo_gateway.providers.shapes import ProviderStatus, ProviderTest, status_of
from philo_kernel.database import connected
from philo_kernel.http.problems import NotFound, ServiceUnavailable
from philo_kernel.outgoing.board import all_known
from philo_kernel.outgoing.checkups import Checkups
from philo_kernel.outgoing.health import Health
from philo_kernel.outgoing.switchboard import GONE

PATIENCE = 2.0
"""Seconds that Redis may take to tell what it knows."""
AWAY = "Redis does not answer, and it is where the health of providers is noted. Try again in a moment."
UNKNOWN = "Nobody here asks this provider. `GET /api/v1/providers/status` lists those whose keys are set."
SILENT = "The service that asks this provider did not answer in time. Try again, or with a longer timeout."
COST = """
    select avg(amount) from (
      select amount from provider_call where service = $1 and provider = $2 and amount is not null
      order by at desc limit 100) recent"""


class Providers:
    """Queries of everybody, and a command of operators."""

    def __init__(self, redis: Redis, prefix: str, engine: AsyncEngine) -> None:
        self._redis, self._prefix, self._engine = redis, prefix, engine

    async def listed(self) -> list[ProviderStatus]:
        """Those that a service asks at present, in the order of their names. Raises `ServiceUnavailable`."""
        async with redis_answers(), asyncio.timeout(PATIENCE):
            known, now = await all_known(self._redis, self._prefix), await self._now()
        return await self._told({key: health for key, health in known.items() if now - health.seen_at < GONE}, now)

    async def test(self, wish: ProviderTest) -> list[ProviderStatus]:
        """One a service that asks it. Raises `NotFound` where nobody does, `ServiceUnavailable` when nobody answers."""
        lines = [one for one in await self.listed() if one.provider == wish.provider]
        if not lines:
            raise NotFound(UNKNOWN)
        async with redis_answers():
            found = await Checkups(self._redis, self._prefix).ask(wish.provider, wish.timeout, len(lines))
            now = await self._now()
        if not found:
            raise ServiceUnavailable(SILENT, retry_after=1)
        return await self._told({one.key: one.health for one in found}, now)

    async def close(self) -> None:
        await self._redis.aclose()

    async def _told(self, known: Mapping[str, Health], now: float) -> list[ProviderStatus]:
        return [status_of(key, known[key], await self._cost(*key.split("/", 1)), now) for key in sorted(known)]

    async def _cost(self, service: str, provider: str) -> Decimal | None:
        async with connected(self._engine) as connection:
            mean: Decimal | None = (await connection.exec_driver_sql(COST, (service, provider))).scalar()
        return None if mean is None else shown(rounded(mean))

    async def _now(self) -> float:
        """By the clock that healths are noted with."""
        seconds, micros = await self._redis.time()
        return float(seconds) + float(micros) / 1e6


@asynccontextmanager
async def redis_answers() -> AsyncIterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        raise ServiceUnavailable(AWAY, retry_after=1) from error
