"""Whose receivers are slow keeps only their own others waiting."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from uuid import UUID


class Lanes:
    """In this process, to `each` webhooks of one user something is brought at once.

    What finds no lane is remembered for whoever leaves one, and takes up nothing meanwhile. Nothing is lost with it: the
    sweep finds what waits and is not looked after.
    """

    def __init__(self, each: int) -> None:
        self.each = each
        self._busy: Counter[str] = Counter()
        self._waiting: defaultdict[str, dict[UUID, None]] = defaultdict(dict)

    def enter(self, user: str, webhook: UUID) -> bool:
        """Whether there is a lane, which is to be left."""
        if self._busy[user] < self.each:
            self._busy[user] += 1
            return True
        self._waiting[user][webhook] = None
        return False

    def leave(self, user: str) -> Sequence[UUID]:
        """Whom to look after again: the one that has waited longest, or all where nobody else is left to say so."""
        self._busy[user] -= 1
        line = self._waiting[user]
        next_ones = [*line][: 1 if self._busy[user] else None]
        for webhook in next_ones:
            del line[webhook]
        for known in (self._busy, self._waiting):
            if not known[user]:
                del known[user]
        return next_ones
