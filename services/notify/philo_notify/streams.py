"""A user's messages from any number on, for as long as somebody listens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import UTC, datetime

from philo_kernel.http.problems import NotFound
from philo_notify.domain import numbered
from philo_notify.feed import PAGE, Feed
from philo_notify.wakes import Wakes

PATIENCE = 5.0
"""Seconds that a job may take to be heard of here after it was accepted there."""


class Streams:
    """All times are seconds: of silence until a heartbeat, between looks, and that a new job is waited for."""

    def __init__(self, feed: Feed, wakes: Wakes, *, heartbeat: float, poll: float, patience: float = PATIENCE) -> None:
        self.feed, self.wakes = feed, wakes
        self.heartbeat, self.poll, self.patience = heartbeat, poll, patience

    async def follow(self, user: str, job: str | None, after: int | None) -> AsyncGenerator[tuple[int, str]]:
        """(number, message as JSON), in order and without gaps; a heartbeat carries the last number again."""
        last = await self.start(user, job, after)
        silent_since = time.monotonic()
        with self.wakes.asleep(user) as woken:
            while True:
                woken.clear()
                messages = await self.feed.after(user, last, job)
                for message in messages:
                    last = message.id
                    yield last, numbered(last, message.body)
                if messages:
                    silent_since = time.monotonic()
                elif time.monotonic() - silent_since >= self.heartbeat:
                    silent_since = time.monotonic()
                    yield last, heartbeat(last)
                if len(messages) < PAGE:
                    with suppress(TimeoutError):  # a wake is a hint; looking is the truth
                        await asyncio.wait_for(woken.wait(), min(self.poll, self.heartbeat))

    async def start(self, user: str, job: str | None, after: int | None) -> int:
        """A number that was never given is of another life of this feed: such a reader begins like a new one."""
        if after is not None and after <= await self.feed.start(user, None):
            return after
        return await self.feed.start(user, job)

    async def check(self, user: str, job: str, project: str | None = None) -> None:
        """Raises `NotFound` unless it is the user's own. A job that was just accepted is waited for."""
        with self.wakes.asleep(user) as woken:
            deadline = time.monotonic() + self.patience
            while (owner := await self.feed.owner(job)) is None and time.monotonic() < deadline:
                woken.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(woken.wait(), 0.25)
        if owner is None or owner[0] != user or (project is not None and owner[1] != project):
            raise NotFound("There is no job with this id among yours. `GET /api/v1/jobs` lists them.")


def heartbeat(last: int) -> str:
    at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    return f'{{"id":"{last}","event":"heartbeat","at":"{at}"}}'
