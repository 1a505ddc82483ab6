"""What replicas know of each other's troubles, with a Redis that is there, empty, or away."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from philo_kernel.outgoing.board import Board, all_known, board_key
from philo_kernel.outgoing.faults import Failing, LeftAlone
from philo_kernel.outgoing.health import Rules
from philo_kernel.outgoing.line import Line, Terms
from philo_kernel.outgoing.patience import Patience

pytestmark = pytest.mark.stack
TERMS = Terms(patience=Patience(retries=0), rules=Rules(most=3, rest=60))


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Replica:
    """One process that asks the same provider; `asked` counts what got through."""

    def __init__(self, redis: Redis, prefix: str, clock: Clock | None) -> None:
        self.line = Line("acme", "text", board=Board(redis, prefix, clock), terms=TERMS)
        self.asked, self.well = 0, False
        self.ready = asyncio.Event()
        self.ready.set()

    async def ask(self) -> str:
        async def attempt(_call: object) -> None:
            self.asked += 1
            await self.ready.wait()
            if not self.well:
                raise Failing("Down.")

        try:
            await self.line.ask(attempt)
        except LeftAlone:
            return "left alone"
        except Failing:
            return "failed"
        return "answered"


@pytest.fixture
async def redis(servers) -> AsyncIterator[Redis]:
    async with Redis.from_url(servers.redis) as client:
        yield client


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def replicas(redis, topic_prefix, clock) -> list[Replica]:
    return [Replica(redis, topic_prefix, clock) for _ in range(2)]


async def test_one_replicas_trouble_spares_the_other(replicas):
    one, other = replicas
    assert [await one.ask() for _ in range(3)] == ["failed", "failed", "left alone"]
    assert (await other.ask(), other.asked) == ("left alone", 0)


async def test_failures_of_all_replicas_count_together(replicas):
    one, other = replicas
    assert [await one.ask(), await other.ask(), await one.ask()] == ["failed", "failed", "left alone"]


async def test_no_failure_is_lost_when_replicas_count_at_once(replicas, redis, topic_prefix):
    await asyncio.gather(*(replica.ask() for replica in replicas for _ in range(20)))
    [health] = (await all_known(redis, topic_prefix)).values()
    assert health.failures == sum(replica.asked for replica in replicas)


async def test_after_a_rest_exactly_one_of_all_replicas_looks(replicas, clock):
    one, other = replicas
    for _ in range(3):
        await one.ask()
    clock.now += 61
    before = one.asked + other.asked
    for replica in replicas:
        replica.well = True
        replica.ready.clear()
    looks = [asyncio.create_task(replica.ask()) for replica in replicas for _ in range(10)]
    done: set[asyncio.Task[str]] = set()
    while len(done) < 19:
        done, _ = await asyncio.wait(looks, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.sleep(0)
    assert one.asked + other.asked == before + 1
    for replica in replicas:
        replica.ready.set()
    assert sorted(await asyncio.gather(*looks)) == ["answered"] + ["left alone"] * 19
    assert await other.ask() == await one.ask() == "answered"


async def test_an_emptied_redis_learns_again_from_whoever_comes_first(replicas, redis, topic_prefix):
    one, other = replicas
    for _ in range(3):
        await one.ask()
    await redis.delete(board_key(topic_prefix))
    assert await one.ask() == "left alone"
    assert await other.ask() == "left alone"


async def test_a_sign_of_life_alone_fills_an_emptied_redis(replicas, redis, topic_prefix):
    one, _ = replicas
    await one.ask()
    await redis.delete(board_key(topic_prefix))
    await one.line.known()
    assert (await all_known(redis, topic_prefix))["text/acme"].failures == 1


async def test_what_happened_while_redis_was_away_is_noted_when_it_is_back(redis, topic_prefix, clock):
    replica = Replica(redis, topic_prefix, clock)
    board = replica.line._board
    await replica.ask()
    board._redis = Redis.from_url("redis://127.0.0.1:1")
    clock.now += 1
    assert [await replica.ask() for _ in range(2)] == ["failed", "left alone"]
    await board._redis.aclose()
    board._redis = redis
    assert await replica.ask() == "left alone"
    assert (await all_known(redis, topic_prefix))["text/acme"].tripped


async def test_without_redis_every_process_knows_for_itself(topic_prefix, clock):
    async with Redis.from_url("redis://127.0.0.1:1") as away:
        one, other = (Replica(away, topic_prefix, clock) for _ in range(2))
        assert [await one.ask() for _ in range(4)] == ["failed", "failed", "left alone", "left alone"]
        assert await other.ask() == "failed"


async def test_the_clock_of_redis_holds_for_all(redis, topic_prefix):
    replica = Replica(redis, topic_prefix, None)
    for _ in range(3):
        await replica.ask()
    seconds, _ = await redis.time()
    [health] = (await all_known(redis, topic_prefix)).values()
    assert seconds <= health.until <= seconds + 61


async def test_what_another_version_noted_is_noted_anew(replicas, redis, topic_prefix):
    await redis.hset(board_key(topic_prefix), "text/acme", b'{"of": "another version"}')
    assert await replicas[0].ask() == "failed"
