"""Remembered speeches: objects in S3 are the truth, Redis is their index and keeps two from doing the same work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import structlog
from pydantic import ValidationError
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from philo_kernel.objects import MissingObject, Objects
from philo_tts.domain import Recording

LEASE = 10.0
"""Seconds after which a speaker that died is given up; a living one renews its lease."""

log = structlog.stdlib.get_logger("philo.recordings")


class RememberedRecordings:
    def __init__(self, redis: Redis, objects: Objects, prefix: str, kept: timedelta) -> None:
        self.redis, self.objects, self.prefix, self.kept = redis, objects, prefix, kept

    async def once(self, key: str, make: Callable[[], Awaitable[Recording]]) -> tuple[Recording, bool]:
        """The recording of this name, made only if there is none; and whether there was one.

        Who comes second waits for who came first. Without Redis the object store alone answers, and two who ask at
        the same moment may both do the work; the result is the same object.
        """
        found = await self.available(key)
        if found is None:
            async with self.turn(key):
                found = await self.available(key)
                if found is None:
                    made = await make()
                    await self.remember(key, made)
                    return made, False
        return found, True

    async def available(self, key: str) -> Recording | None:
        """What can still be heard: a description alone, here or there, does not outlive its sound."""
        found = await self.indexed(key) or await self.stored(key)
        return found if found and await self.objects.size(found.audio.key) is not None else None

    async def indexed(self, key: str) -> Recording | None:
        try:
            entry = await self.redis.get(self.name(key))
        except (RedisError, OSError) as error:
            log.warning("the index does not answer", error=repr(error))
            return None
        return read(entry) if entry else None

    async def stored(self, key: str) -> Recording | None:
        """What the object store has; the index learns it again."""
        try:
            recording = read(await self.objects.get(sidecar(key)))
        except MissingObject:
            return None
        if recording:
            await self.index(key, recording)
        return recording

    async def remember(self, key: str, recording: Recording) -> None:
        """The audio is stored already; its description comes last, so that it never names what is not there."""
        await self.objects.put(sidecar(key), recording.model_dump_json().encode(), "application/json")
        await self.index(key, recording)

    async def index(self, key: str, recording: Recording) -> None:
        with suppress(RedisError, OSError):
            await self.redis.set(self.name(key), recording.model_dump_json(), ex=self.kept)

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """One at a time a key, over all processes."""
        lock = self.redis.lock(f"{self.name(key)}:turn", timeout=LEASE, sleep=0.05)
        try:
            await lock.acquire()
        except (RedisError, OSError) as error:
            log.warning("speaking without a turn", error=repr(error))
            yield
            return
        renewing = asyncio.create_task(renew(lock))
        try:
            yield
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing
            with suppress(LockError, RedisError, OSError):
                await lock.release()

    def name(self, key: str) -> str:
        return f"{self.prefix}.speech.{key}"


async def renew(lock: Lock) -> None:
    while True:
        await asyncio.sleep(LEASE / 3)
        try:
            await lock.reacquire()
        except (RedisError, OSError) as error:
            log.warning("the turn was not renewed", error=repr(error))


def read(description: bytes | str) -> Recording | None:
    """None for one that another version of this service wrote: it is made anew."""
    try:
        return Recording.model_validate_json(description)
    except ValidationError as error:
        log.warning("a description cannot be read", error=str(error))
        return None


def sidecar(key: str) -> str:
    """The description beside the audio: length, words and their times."""
    return key.removesuffix(".flac") + ".json"
