"""The memory of speeches between real servers: equal work is done once, and no lost server stops anybody."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from philo.testing_service import settings_in
from philo_contracts.shapes import Word
from philo_kernel.objects import S3Objects
from philo_tts import recordings
from philo_tts.domain import Recording
from philo_tts.recordings import RememberedRecordings, sidecar
from philo_tts.settings import TtsSettings

pytestmark = pytest.mark.stack
KEPT = timedelta(hours=1)


class Booth:
    """Somebody who speaks when told, and counts it."""

    def __init__(self, objects: S3Objects) -> None:
        self.objects, self.calls = objects, 0
        self.go_on = asyncio.Event()
        self.go_on.set()

    def speaking(self, key: str) -> Callable[[], Awaitable[Recording]]:
        async def speak() -> Recording:
            self.calls += 1
            await self.go_on.wait()
            audio = await self.objects.put(key, b"sound", "audio/flac")
            words = (Word(text="hi", start=0, end=1),)
            return Recording(audio=audio, duration=1.5, words=words, provider="test", voice="test")

        return speak


@pytest_asyncio.fixture
async def objects(servers) -> S3Objects:
    store = S3Objects(TtsSettings(**settings_in(servers, "none"), s3_bucket="test-tts"))
    await store.ensure_bucket()
    return store


@pytest_asyncio.fixture
async def redis(servers) -> AsyncIterator[Redis]:
    async with Redis.from_url(servers.redis) as client:
        yield client


@pytest.fixture
def booth(objects) -> Booth:
    return Booth(objects)


@pytest.fixture
def replicas(redis, objects, topic_prefix) -> list[RememberedRecordings]:
    """Two processes' memories over the same servers."""
    return [RememberedRecordings(redis, objects, topic_prefix, KEPT) for _ in range(2)]


@pytest.fixture
def key() -> str:
    return f"audio/{uuid4()}.flac"


async def test_equal_requests_at_once_are_spoken_once(replicas, booth, key):
    booth.go_on.clear()
    asked = [asyncio.create_task(one.once(key, booth.speaking(key))) for one in replicas * 3]
    async with asyncio.timeout(10):
        while booth.calls == 0:  # noqa: ASYNC110 - somebody has the turn
            await asyncio.sleep(0.01)
    booth.go_on.set()
    answers = await asyncio.gather(*asked)
    assert booth.calls == 1
    assert sorted(reused for _, reused in answers) == [False, True, True, True, True, True]
    assert len({recording.model_dump_json() for recording, _ in answers}) == 1


async def test_other_words_do_not_wait(replicas, booth, key):
    booth.go_on.clear()
    slow = asyncio.create_task(replicas[0].once(key, booth.speaking(key)))
    other = Booth(booth.objects)
    async with asyncio.timeout(10):
        await replicas[1].once(f"{key}-other.flac", other.speaking(f"{key}-other.flac"))
    booth.go_on.set()
    await slow


async def test_the_turn_of_a_speaker_that_died_ends_with_its_lease(replicas, redis, booth, key, monkeypatch):
    monkeypatch.setattr(recordings, "LEASE", 1.0)
    dead = redis.lock(f"{replicas[0].name(key)}:turn", timeout=0.3)
    assert await dead.acquire()
    async with asyncio.timeout(10):
        _, reused = await replicas[0].once(key, booth.speaking(key))
    assert (reused, booth.calls) == (False, 1)


async def test_the_turn_of_a_speaker_who_lives_is_kept_past_its_lease(replicas, redis, booth, key, monkeypatch):
    monkeypatch.setattr(recordings, "LEASE", 1.0)
    booth.go_on.clear()
    asked = [asyncio.create_task(one.once(key, booth.speaking(key))) for one in replicas]
    turn = f"{replicas[0].name(key)}:turn"
    async with asyncio.timeout(10):
        while not await redis.exists(turn):  # noqa: ASYNC110 - lies in a server
            await asyncio.sleep(0.01)
        for _ in range(3):  # as many leases as it would take for another to come in
            await asyncio.sleep(await redis.pttl(turn) / 1000)
    assert (booth.calls, await redis.exists(turn)) == (1, 1)
    booth.go_on.set()
    async with asyncio.timeout(20):
        await asyncio.gather(*asked)
    assert booth.calls == 1


async def test_a_speaker_that_failed_gives_the_turn_to_the_next(replicas, booth, key):
    async def break_down() -> Recording:
        raise RuntimeError("hoarse")

    with pytest.raises(RuntimeError, match="hoarse"):
        await replicas[0].once(key, break_down)
    async with asyncio.timeout(5):
        assert (await replicas[1].once(key, booth.speaking(key)))[1] is False


async def test_an_empty_index_is_filled_again_from_the_store(replicas, redis, booth, key):
    made, _ = await replicas[0].once(key, booth.speaking(key))
    await redis.delete(replicas[0].name(key))
    assert await replicas[1].once(key, booth.speaking(key)) == (made, True)
    assert booth.calls == 1
    assert 0 < await redis.ttl(replicas[0].name(key)) <= KEPT.total_seconds()


async def test_a_description_that_cannot_be_read_is_made_again(replicas, redis, objects, booth, key):
    await replicas[0].once(key, booth.speaking(key))
    await redis.set(replicas[0].name(key), b'{"of": "another version"}')
    await objects.put(sidecar(key), b"{}", "application/json")
    assert (await replicas[1].once(key, booth.speaking(key)))[1] is False
    assert (await replicas[0].once(key, booth.speaking(key)))[1] is True


async def test_without_redis_speeches_are_spoken_and_remembered_by_the_store(objects, booth, key):
    async with Redis.from_url("redis://127.0.0.1:1") as away:
        alone = RememberedRecordings(away, objects, "away", KEPT)
        made, first = await alone.once(key, booth.speaking(key))
        again, second = await alone.once(key, booth.speaking(key))
    assert (made, first, second, booth.calls) == (again, False, True, 1)
