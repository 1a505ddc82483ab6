"""How many streams one user may have open at once in this process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from philo_kernel.http.problems import TooManyRequests

RETRY = 5.0


class Connections:
    def __init__(self, most: int) -> None:
        self.most = most
        self.open: Counter[str] = Counter()

    @contextmanager
    def one(self, user: str) -> Iterator[None]:
        """Hold a place. Raises `TooManyRequests` when all are taken."""
        if self.open[user] >= self.most:
            words = f"You have {self.most} streams open, and more are not kept for one user. Close one and come back."
            raise TooManyRequests(words, retry_after=RETRY)
        self.open[user] += 1
        try:
            yield
        finally:
            self.open[user] -= 1
            if not self.open[user]:
                del self.open[user]
