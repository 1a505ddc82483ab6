"""Looks again and again whose feeds have grown: wakes are hints and may be lost, rows are the truth."""

from __future__ import annotations

import asyncio

from philo_notify.feed import Feed
from philo_notify.wakes import WHATEVER, Wakes


class Lookout:
    """One look for everybody who listens here, however many they are; who has seen all of it sleeps on."""

    def __init__(self, feed: Feed, wakes: Wakes, every: float) -> None:
        self.feed, self.wakes, self.every = feed, wakes, every

    async def keep(self) -> None:
        """Every so many seconds, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(self.every)

    async def look(self) -> None:
        """Wake who has not seen the newest, and who was erased, for whom there will never be anything new."""
        for user, last in (await self.feed.grown(list(self.wakes.sleepers))).items():
            self.wakes.rouse(user, WHATEVER if last is None else last)
