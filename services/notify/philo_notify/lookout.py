"""Looks again and again whose feeds have grown: wakes are hints and may be lost, rows are the truth."""

from __future__ import annotations

import asyncio

from philo_notify.feed import Feed
from philo_notify.wakes import Wakes


class Lookout:
    """One look for everybody who listens here, however many they are."""

    def __init__(self, feed: Feed, wakes: Wakes, every: float) -> None:
        self.feed, self.wakes, self.every = feed, wakes, every
        self.seen: dict[str, int] = {}

    async def keep(self) -> None:
        """Every so many seconds, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(self.every)

    async def look(self) -> None:
        """Who has come since the last look has read by themselves, and is woken once for nothing."""
        found = await self.feed.grown(list(self.wakes.sleepers))
        for user, last in found.items():
            if last != self.seen.get(user):
                self.wakes.rouse(user)
        self.seen = found
