"""One listener's place in a feed, and what is to be told from there on."""

from __future__ import annotations

from datetime import UTC, datetime

from philo_notify.domain import QueueFigures, as_it_is, completed, heartbeat, numbered, queue_metrics, restart
from philo_notify.feed import PAGE, Feed, Numbered, Place
from philo_notify.queue.board import Board
from philo_notify.reading import Reading
from philo_notify.wakes import Sleeper

Told = tuple[int, str]
"""A number, and the message as JSON."""


class Listener:
    """Hears of everything of a user's, or of one job. `last` is the number of the last message they have."""

    def __init__(self, reading: Reading, board: Board, sleeper: Sleeper, user: str, job: str | None) -> None:
        self.reading, self.board, self.sleeper, self.user, self.job = reading, board, sleeper, user, job
        self.feed: Feed = reading.feed
        self.last, self.lost, self.fresh, self.ended = 0, False, False, False
        self.words_known: set[str] = set()
        self.figures_known: dict[str, QueueFigures] = {}

    async def begin(self, after: int | None) -> None:
        """A number that was never given is of another life of this feed: what such a listener has is worth nothing."""
        newest = await self.feed.last(self.user)
        self.last = newest if after is None else after
        self.lost = self.last > newest
        self.fresh = after is None and self.job is not None

    async def look(self) -> list[Told]:
        """What there is to tell now: at most a page, and perhaps nothing. The feed is read if there may be more in it."""
        if not self.sleeper.stale:
            return self.figures()
        self.sleeper.stale = False
        if self.fresh:
            return await self.as_it_is()
        stretch = await self.reading.after(Place(self.user, self.last, self.job))
        self.ended = stretch.ended
        if self.lost or self.last < stretch.floor:
            return await self.anew()
        if len(stretch.messages) == PAGE:
            self.sleeper.stale = True
        else:
            self.sleeper.seen = stretch.last
        return [await self.told(message) for message in stretch.messages] + self.figures()

    async def told(self, message: Numbered) -> Told:
        """With all its words where this listener cannot know them."""
        self.last, text = message.id, message.body
        if not message.whole and message.job not in self.words_known:
            text = completed(text, await self.feed.words(message.job, message.id))
        self.words_known.add(message.job)
        return self.last, numbered(self.last, text)

    async def as_it_is(self, number: int | None = None) -> list[Told]:
        """The jobs as they are now, with this number, or else with the one to go on from."""
        state = await self.feed.state(self.user, self.job)
        self.last, self.fresh, self.lost = state.last, False, False
        self.sleeper.seen = state.last
        self.words_known = {job.id for job in state.jobs}
        shown = self.last if number is None else number
        return [(shown, numbered(shown, as_it_is(job))) for job in state.jobs]

    async def anew(self) -> list[Told]:
        """Who is cut off in the middle of it still has the old number, and begins it again."""
        before = self.last
        jobs = await self.as_it_is(before)
        return [(before, restart(before, now())), *jobs, (self.last, heartbeat(self.last, now()))]

    def figures(self) -> list[Told]:
        """Where jobs that wait stand, if that has changed."""
        found = {job: one for job, one in self.board.of(self.user).items() if self.job in {None, job}}
        fresh = {job: one for job, one in found.items() if one != self.figures_known.get(job)}
        self.figures_known = found
        return [(self.last, queue_metrics(self.last, now(), job, one)) for job, one in fresh.items()]


def now() -> datetime:
    return datetime.now(UTC)
