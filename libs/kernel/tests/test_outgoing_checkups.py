"""An operator wishes, the owner of the line looks, and the operator is told."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis

from philo_kernel.outgoing.board import Board
from philo_kernel.outgoing.checkups import Checkups
from philo_kernel.outgoing.faults import Failing
from philo_kernel.outgoing.line import Line

pytestmark = pytest.mark.stack


class Owner:
    """A service's process with one line; `looks` counts how often it looked."""

    def __init__(self, redis: Redis, prefix: str, fault: Failing | None = None) -> None:
        self.looks, self.fault = 0, fault
        self.line = Line("acme", "text", board=Board(redis, prefix))
        self.line.looked_at_by(self.look)
        self.checkups = Checkups(redis, prefix)

    async def look(self) -> None:
        self.looks += 1
        if self.fault:
            raise self.fault


@pytest.fixture
async def redis(servers):
    async with Redis.from_url(servers.redis) as client:
        yield client


@asynccontextmanager
async def hearing(redis: Redis, *owners: Owner):
    tasks = [asyncio.create_task(owner.checkups.hear({owner.line.key: owner.line})) for owner in owners]
    channel = owners[0].checkups.channel
    while (await redis.pubsub_numsub(channel))[0][1] < len(owners):  # noqa: ASYNC110 - lies in a server
        await asyncio.sleep(0)
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_who_asks_is_told_how_it_is(redis, topic_prefix):
    owner = Owner(redis, topic_prefix, Failing("Down."))
    async with hearing(redis, owner):
        [found] = await Checkups(redis, topic_prefix).ask("acme", 5, 1)
    assert (found.key, found.health.status(), found.health.words) == ("text/acme", "degraded", "Down.")


async def test_one_replica_looks_for_all(redis, topic_prefix):
    owners = [Owner(redis, topic_prefix) for _ in range(3)]
    async with hearing(redis, *owners):
        await Checkups(redis, topic_prefix).ask("acme", 5, 1)
    assert sum(owner.looks for owner in owners) == 1


async def test_where_nobody_hears_nothing_is_found(redis, topic_prefix):
    assert await Checkups(redis, topic_prefix).ask("acme", 0.05, 1, grace=0) == []
