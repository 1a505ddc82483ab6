"""Wakes the streams of users whose feeds have grown: at once in this process, through Redis in the others.

A wake is a hint. Streams also look by themselves, so losing Redis costs seconds and no message.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

REST = 1.0

log = structlog.stdlib.get_logger("philo.wakes")


class Wakes:
    def __init__(self, redis: Redis, channel: str) -> None:
        self.redis, self.channel = redis, channel
        self.sleepers: dict[str, set[asyncio.Event]] = {}
        self.untold: set[str] = set()
        self.grown = asyncio.Event()

    async def wake(self, users: set[str]) -> None:
        """Returns at once: who tells of news never waits for Redis."""
        for user in users:
            self.rouse(user)
        self.untold |= users
        self.grown.set()

    async def tell(self) -> None:
        """Tell the other replicas, until cancelled."""
        while True:
            await self.grown.wait()
            self.grown.clear()
            users, self.untold = self.untold, set()
            try:
                await self.redis.publish(self.channel, "\n".join(users))
            except (RedisError, OSError) as error:
                log.debug("other replicas were not woken", error=repr(error))

    def rouse(self, user: str) -> None:
        for sleeper in self.sleepers.get(user, ()):
            sleeper.set()

    @contextmanager
    def asleep(self, user: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the user's feed grows."""
        sleeper = asyncio.Event()
        self.sleepers.setdefault(user, set()).add(sleeper)
        try:
            yield sleeper
        finally:
            self.sleepers[user].discard(sleeper)
            if not self.sleepers[user]:
                del self.sleepers[user]

    async def listen(self) -> None:
        """Pass on what other replicas say, until cancelled."""
        while True:
            with suppress(RedisError, OSError):
                async with self.redis.pubsub() as channel:
                    await channel.subscribe(self.channel)
                    async for message in channel.listen():
                        if message["type"] == "message":
                            for user in message["data"].decode().split("\n"):
                                self.rouse(user)
            await asyncio.sleep(REST)
