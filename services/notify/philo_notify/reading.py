"""Reads the feed for everybody who listens here: who asks while a statement is under way shares the next one.

So a message costs one read however many streams of its user are open, and the more there is to do the fewer statements
each listener costs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import islice

import structlog

from philo_kernel.failures import database_away
from philo_notify.feed import Feed, Place, Stretch

AT_ONCE = 2
"""Statements under way."""
PLACES = 64
"""In one statement: a page of each is in memory."""
AGAIN = 0.5

log = structlog.stdlib.get_logger("philo.feed")
Answer = asyncio.Future[Stretch]


class Reading:
    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.asked: dict[Place, Answer] = {}
        self.readers: set[asyncio.Task[None]] = set()

    async def after(self, place: Place) -> Stretch:
        """What follows there, read later than it was asked for. A database that is away is waited for."""
        answer = self.asked.get(place)
        if answer is None:
            answer = self.asked[place] = asyncio.get_running_loop().create_future()
            if len(self.readers) < AT_ONCE:
                reader = asyncio.create_task(self.read(), name="feed")
                self.readers.add(reader)
                reader.add_done_callback(self.readers.discard)
        return await asyncio.shield(answer)  # others may wait for it as well

    async def read(self) -> None:
        """Until nobody asks for anything that is not under way."""
        while self.asked:
            places = list(islice(self.asked, PLACES))
            answers = [self.asked.pop(place) for place in places]
            try:
                found = await self.found(places)
            except Exception as error:  # noqa: BLE001 - told to whoever asked
                for answer in answers:
                    answer.set_exception(error)
                    answer.exception()  # all who asked may have left
            else:
                for answer, stretch in zip(answers, found, strict=True):
                    answer.set_result(stretch)

    async def found(self, places: Sequence[Place]) -> list[Stretch]:
        while True:
            try:
                return await self.feed.stretches(places)
            except Exception as error:
                if not database_away(error):
                    raise
                log.warning("the feed waits for the database", error=repr(error))
                await asyncio.sleep(AGAIN)
