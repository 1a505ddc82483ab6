"""Wakes the streams of users whose feeds have grown: at once in this process, through Redis in the others.

A wake is a hint. Streams also look by themselves, so losing Redis costs seconds and no message.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

REST = 1.0
WHATEVER = 2**63 - 1
"""Newer than anything: whoever is told of it looks, whatever they have seen."""

log = structlog.stdlib.get_logger("philo.wakes")


@dataclass(eq=False)
class Sleeper:
    """One who listens. `seen` is the user's newest number when they last looked; `stale`: there may be more by now."""

    woken: asyncio.Event = field(default_factory=asyncio.Event)
    seen: int = 0
    stale: bool = True

    def rouse(self, last: int) -> None:
        """Unless they know: a number comes from the commit, through Redis and with a look, and is read once."""
        if self.seen < last:
            self.stale = True
            self.woken.set()


class Wakes:
    def __init__(self, redis: Redis, channel: str) -> None:
        self.redis, self.channel = redis, channel
        self.sleepers: dict[str, set[Sleeper]] = {}
        self.untold: dict[str, int] = {}
        self.grown = asyncio.Event()

    async def wake(self, numbers: Mapping[str, int]) -> None:
        """Each user with their newest number. Returns at once: who tells of news never waits for Redis."""
        for user, last in numbers.items():
            self.rouse(user, last)
            self.untold[user] = max(last, self.untold.get(user, 0))
        self.grown.set()

    async def tell(self) -> None:
        """Tell the other replicas, until cancelled."""
        while True:
            await self.grown.wait()
            self.grown.clear()
            untold, self.untold = self.untold, {}
            try:
                await self.redis.publish(self.channel, written(untold))
            except (RedisError, OSError) as error:
                log.debug("other replicas were not woken", error=repr(error))

    def rouse(self, user: str, last: int = WHATEVER) -> None:
        for sleeper in self.sleepers.get(user, ()):
            sleeper.rouse(last)

    def nudge(self, user: str) -> None:
        """There is something to tell them that is no news of the feed."""
        for sleeper in self.sleepers.get(user, ()):
            sleeper.woken.set()

    @contextmanager
    def asleep(self, user: str) -> Iterator[Sleeper]:
        """One who is woken whenever the user's feed grows."""
        sleeper = Sleeper()
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
                            for user, last in read(message["data"]):
                                self.rouse(user, last)
            await asyncio.sleep(REST)


def written(numbers: Mapping[str, int]) -> str:
    return "\n".join(f"{user} {last}" for user, last in numbers.items())


def read(told: bytes) -> Iterator[tuple[str, int]]:
    """What cannot be read is of another version, and only a hint: the next look finds what it was about."""
    for line in told.decode(errors="replace").split("\n"):
        user, _, last = line.rpartition(" ")
        if user and last.isdecimal():
            yield user, int(last)
