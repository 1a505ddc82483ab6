"""A user's messages from any number on, for as long as somebody listens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import suppress

from philo_kernel.http.problems import NotFound
from philo_notify.domain import heartbeat
from philo_notify.feed import Feed
from philo_notify.listener import Listener, Told, now
from philo_notify.queue.board import Board
from philo_notify.reading import Reading
from philo_notify.wakes import Wakes

PATIENCE = 5.0
"""Seconds that a job may take to be heard of here after it was accepted there."""
LOOK = 0.25
"""Seconds between two looks for it."""


class Streams:
    """Times are seconds: of silence until a heartbeat, and that a new job is waited for."""

    def __init__(self, feed: Feed, wakes: Wakes, board: Board, *, heartbeat: float, patience: float = PATIENCE) -> None:
        self.feed, self.reading, self.wakes, self.board = feed, Reading(feed), wakes, board
        self.heartbeat, self.patience = heartbeat, patience

    async def follow(self, user: str, job: str | None, after: int | None) -> AsyncGenerator[Told]:
        """(number, message as JSON), in order: each number follows the last one, or a restart says that some are gone.

        It ends when the user has deleted their account.
        """
        with self.wakes.asleep(user) as sleeper:
            listener = Listener(self.reading, self.board, sleeper, user, job)
            await listener.begin(after)
            due = time.monotonic() + self.heartbeat
            while not listener.ended:
                sleeper.woken.clear()
                told = await listener.look()
                for one in told:
                    yield one
                if told:
                    due = time.monotonic() + self.heartbeat
                elif time.monotonic() >= due:
                    due = time.monotonic() + self.heartbeat
                    yield listener.last, heartbeat(listener.last, now())
                if not sleeper.stale and not listener.ended:
                    await until(sleeper.woken, due - time.monotonic())

    async def check(self, user: str, job: str, project: str | None = None) -> None:
        """Raises `NotFound` unless it is the user's own. A job that was just accepted is waited for."""
        with self.wakes.asleep(user) as sleeper:
            deadline = time.monotonic() + self.patience
            while (owner := await self.feed.owner(job)) is None and time.monotonic() < deadline:
                sleeper.woken.clear()
                await until(sleeper.woken, LOOK)
        if owner is None or owner[0] != user or (project is not None and owner[1] != project):
            raise NotFound("There is no job with this id among yours. `GET /api/v1/jobs` lists them.")


async def until(woken: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(woken.wait(), max(0.0, seconds))
