"""Tests that people send to their own receivers, while they wait for the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from philo_kernel.http.problems import ServiceUnavailable, TooManyRequests

OWN = "{each} tests of your webhooks are under way, and there can be no more at once. Send this one when one has ended."
ALL = "So many tests of webhooks are under way that there is no room for another one just now. Try again in a moment."
RETRY_AFTER = 5.0
"""Seconds after which one may have ended."""


class Trials:
    """At most `most` at once in this process, and `each` of one user."""

    def __init__(self, most: int, each: int) -> None:
        self.most, self.each = most, each
        self._busy: Counter[str] = Counter()

    @contextmanager
    def of(self, user: str) -> Iterator[None]:
        """One of them, until the end of the block. Raises `TooManyRequests` or `ServiceUnavailable`."""
        if self._busy[user] >= self.each:
            raise TooManyRequests(OWN.format(each=self.each), retry_after=RETRY_AFTER)
        if self._busy.total() >= self.most:
            raise ServiceUnavailable(ALL, retry_after=RETRY_AFTER)
        self._busy[user] += 1
        try:
            yield
        finally:
            self._busy[user] -= 1
            if not self._busy[user]:
                del self._busy[user]
