"""Leaving a provider alone that fails again and again."""

from __future__ import annotations

import time
from collections.abc import Callable


class Breaker:
    """Opens after `most` failures in a row and rests for `rest` seconds; then one request goes through to see.

    One process counts for itself. `clock` is seconds that only grow.
    """

    def __init__(self, most: int = 3, rest: float = 120.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._rest = rest
        self._clock = clock
        self._failures = 0
        self._until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether it failed too often, resting or not."""
        return self._failures >= self._most

    def lets_through(self) -> bool:
        """Whether to ask now. The one that is sent to see keeps the others waiting for another rest."""
        if not self.is_open:
            return True
        if self._clock() < self._until:
            return False
        self._until = self._clock() + self._rest
        return True

    def worked(self) -> None:
        self._failures = 0

    def failed(self, *, at_once: bool = False, after: float | None = None) -> None:
        """Opens `at_once` what cannot work as it is; rests for `after` seconds, if that is longer."""
        self._failures = self._most if at_once else self._failures + 1
        self._until = self._clock() + max(self._rest, after or 0)
