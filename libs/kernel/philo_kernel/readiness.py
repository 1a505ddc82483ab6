"""What a service asks before it calls itself ready."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel import database, kafka
from philo_kernel.settings import ServiceSettings

Check = Callable[[], Awaitable[None]]


class NotStarted(Exception):
    """The service is still coming up: it waits for a server, or for its place in the consumer group."""


class Started:
    """Set once a service takes part: it relays, consumes and works."""

    def __init__(self) -> None:
        self.done = False

    async def check(self) -> None:
        if not self.done:
            raise NotStarted("still starting")


def checks(settings: ServiceSettings, engine: AsyncEngine, started: Started, **more: Check) -> Mapping[str, Check]:
    """The checks that all services share, and `more` of its own."""
    return {
        "service": started.check,
        "postgres": partial(database.ping, engine),
        "kafka": partial(kafka.ping, settings.kafka_bootstrap_servers),
        **more,
    }
