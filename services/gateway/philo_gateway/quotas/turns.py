"""One request after the other of each user, before any of them takes a connection.

Limits are judged behind a row of the user, so requests of one user go one after the other anyway. If they waited for
each other at that row, each would hold a connection meanwhile, and somebody who asks for a hundred films at once would
keep everybody else from the database.
"""

from __future__ import annotations

from asyncio import Lock
from weakref import WeakValueDictionary


class Turns:
    """Of one process; between processes the row decides."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, Lock] = WeakValueDictionary()

    def of(self, user: str) -> Lock:
        """To be held while work for this user is accepted. It lives for as long as somebody holds or awaits it."""
        return self._locks.setdefault(user, Lock())
