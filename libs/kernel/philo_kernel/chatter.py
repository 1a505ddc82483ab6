"""Libraries that repeat a complaint ten times a second while a server is away are heard now and then."""

from __future__ import annotations

import logging
from collections.abc import Collection

EVERY = 10.0
"""Seconds between two lines that come from one place in a library's code."""


class Seldom(logging.Filter):
    """For a handler. Lines of others than `libraries` (loggers by their first name) always pass."""

    def __init__(self, libraries: Collection[str]) -> None:
        super().__init__()
        self.libraries = frozenset(libraries)
        self.said: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.partition(".")[0] not in self.libraries:
            return True
        place = (record.pathname, record.lineno)
        if record.created - self.said.get(place, -EVERY) < EVERY:
            return False
        self.said[place] = record.created
        return True
