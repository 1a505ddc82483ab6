"""Speeches that are remembered: made once, heard as long as their sound is there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from redis.asyncio import Redis
from tts_world import Shelf

from philo.stack import Endpoints
from philo_contracts.shapes import Word
from philo_tts.domain import Recording
from philo_tts.recordings import RememberedRecordings, sidecar

pytestmark = pytest.mark.stack


class Studio:
    """Counts how often somebody had to speak."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self.shelf, self.redis, self.spoken = Shelf(), redis, 0
        self.recordings = RememberedRecordings(redis, self.shelf, prefix, timedelta(minutes=5))  # type: ignore[arg-type]

    async def speak(self, key: str) -> Recording:
        async def make() -> Recording:
            self.spoken += 1
            audio = await self.shelf.put(key, b"sound", "audio/flac")
            words = (Word(text="Once", start=0, end=0.4),)
            return Recording(audio=audio, duration=0.5, words=words, provider="philo", voice="x")

        recording, _ = await self.recordings.once(key, make)
        return recording


@pytest.fixture
async def studio(servers: Endpoints, topic_prefix: str) -> AsyncIterator[Studio]:
    async with Redis.from_url(servers.redis) as redis:
        yield Studio(redis, topic_prefix)


async def test_a_speech_is_made_once(studio: Studio) -> None:
    assert await studio.speak("audio/a.flac") == await studio.speak("audio/a.flac")
    assert studio.spoken == 1


async def test_a_lost_index_is_learnt_again_from_the_store(studio: Studio) -> None:
    await studio.speak("audio/a.flac")
    await studio.redis.delete(studio.recordings.name("audio/a.flac"))
    await studio.speak("audio/a.flac")
    assert studio.spoken == 1
    assert await studio.recordings.indexed("audio/a.flac")


async def test_a_speech_whose_sound_is_lost_is_spoken_again(studio: Studio) -> None:
    await studio.speak("audio/a.flac")
    del studio.shelf.kept["audio/a.flac"]
    await studio.speak("audio/a.flac")
    assert studio.spoken == 2
    assert await studio.shelf.size("audio/a.flac")


async def test_a_description_that_was_lost_with_its_index_is_made_again(studio: Studio) -> None:
    await studio.speak("audio/a.flac")
    await studio.redis.delete(studio.recordings.name("audio/a.flac"))
    del studio.shelf.kept[sidecar("audio/a.flac")]
    await studio.speak("audio/a.flac")
    assert studio.spoken == 2
