"""All lines of a service to those who work for money, and what keeps their health known to everybody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from philo_kernel.outgoing.board import Board
from philo_kernel.outgoing.calls import Service
from philo_kernel.outgoing.checkups import Checkups
from philo_kernel.outgoing.faults import Failing
from philo_kernel.outgoing.health import Rules
from philo_kernel.outgoing.line import Line, Terms
from philo_kernel.outgoing.patience import Patience
from philo_kernel.settings import ServiceSettings

EVERY = 10.0
"""Seconds between two signs of life of a line."""
GONE = 6 * EVERY
"""Seconds after which nobody asks this provider any more."""

log = structlog.stdlib.get_logger("philo.providers")


def redis_of(settings: ServiceSettings) -> Redis:
    """A client that may listen for as long as nothing is said, and does not insist when nobody is there."""
    url = settings.redis_url.get_secret_value()
    return Redis.from_url(url, socket_timeout=None, socket_connect_timeout=2, retry=Retry(NoBackoff(), 1))


def terms_of(settings: ServiceSettings, *, timeout: float = 60.0, retries: int = 3) -> Terms:
    """`timeout` is seconds for one attempt, `retries` are those after the first."""
    rules = Rules(most=settings.provider_failures, rest=settings.provider_rest)
    return Terms(timeout, Patience(retries=retries), settings.provider_at_once, rules)


class Switchboard:
    """Makes lines. Its `parts` run with the service; call `close` when done."""

    def __init__(self, settings: ServiceSettings) -> None:
        self._redis = redis_of(settings)
        self._board = Board(self._redis, settings.topic_prefix)
        self._checkups = Checkups(self._redis, settings.topic_prefix)
        self.lines: dict[str, Line] = {}

    def line(
        self, provider: str, service: Service, *, terms: Terms, who: str = "", late: Callable[[str], Failing] = Failing
    ) -> Line:
        line = Line(provider, service, board=self._board, terms=terms, who=who, late=late)
        self.lines[line.key] = line
        return line

    def parts(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What has to run for as long as the service does; nothing for who asks nobody."""
        return {"providers": self.keep, "checkups": self.hear} if self.lines else {}

    async def keep(self) -> None:
        """Say again and again which lines there are, so that an emptied Redis knows them soon."""
        while True:
            for line in self.lines.values():
                await line.known()
            await asyncio.sleep(EVERY)

    async def hear(self) -> None:
        """Look at providers when somebody wishes."""
        while True:
            try:
                await self._checkups.hear(self.lines)
            except (RedisError, OSError) as error:
                log.warning("no checkups for now", error=repr(error))
            await asyncio.sleep(EVERY)

    async def close(self) -> None:
        await self._redis.aclose()
