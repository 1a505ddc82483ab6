"""How long a piece of work may take: first it is asked to stop, then it is stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """`soft` asks the work to end and clean up; `hard` ends it. Raises ValueError unless 0 < soft <= hard."""

    soft: timedelta
    hard: timedelta

    def __post_init__(self) -> None:
        if self.soft <= timedelta(0):
            raise ValueError(f"a soft limit is longer than nothing, not {self.soft}")
        if self.hard < self.soft:
            raise ValueError(f"the hard limit ({self.hard}) comes after the soft one ({self.soft})")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)
