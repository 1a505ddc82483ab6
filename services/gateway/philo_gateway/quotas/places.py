"""How much of one sort may be under way at once in this process, of all users together and of each of them."""

from __future__ import annotations

from asyncio import Semaphore, get_running_loop, timeout_at
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from philo_kernel.http.problems import Problem, ServiceUnavailable, TooManyRequests

OWN_TAKEN = (
    "{each} of your {what} are under way, and there can be no more at once. Send this one when one of them is done."
)
ALL_TAKEN = (
    "So many {what} are under way that there is no room for another one just now. Send this one again in a moment."
)
RETRY_AFTER = 5.0
"""Seconds after which somebody may have left."""


class Places:
    """`most` places for `what`, of which one user takes `each` at most, so that nobody takes all of them.

    Who finds none free waits for one, `patience` seconds at most.
    """

    def __init__(self, what: str, most: int, each: int, patience: float = 10.0) -> None:
        self.what, self.most, self.each, self.patience = what, most, each, patience
        self._all = Semaphore(most)
        self._own: WeakValueDictionary[str, Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, user: str) -> AsyncIterator[None]:
        """A place until the end of the block. Raises `TooManyRequests` where their own stay taken, and
        `ServiceUnavailable` where all do."""
        until = get_running_loop().time() + self.patience
        own = self._own.setdefault(user, Semaphore(self.each))
        busy = TooManyRequests(OWN_TAKEN.format(each=self.each, what=self.what), retry_after=RETRY_AFTER)
        full = ServiceUnavailable(ALL_TAKEN.format(what=self.what), retry_after=RETRY_AFTER)
        async with taken(own, until, busy), taken(self._all, until, full):
            yield


@asynccontextmanager
async def taken(places: Semaphore, until: float, refusal: Problem) -> AsyncIterator[None]:
    """One of `places`. Raises `refusal` where none becomes free before `until`, by the loop's clock."""
    try:
        async with timeout_at(until):
            await places.acquire()
    except TimeoutError as error:
        raise refusal from error
    try:
        yield
    finally:
        places.release()
