"""Where in a trace something happens: the `traceparent` of W3C Trace Context, as values. Pure but for the dice."""

from __future__ import annotations

import random
import re
from typing import NamedTuple

HEADER = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?")
SAMPLED = 1
dice = random.Random()  # noqa: S311 - ids have to differ, not to be secret


class Place(NamedTuple):
    """A span of a trace. `sampled` says that the trace is recorded by all who take part in it."""

    trace: int
    span: int
    sampled: bool

    @property
    def header(self) -> str:
        return f"00-{self.trace:032x}-{self.span:016x}-{self.sampled:02x}"

    @property
    def trace_id(self) -> str:
        return f"{self.trace:032x}"

    @property
    def span_id(self) -> str:
        return f"{self.span:016x}"


def read(header: str | None) -> Place | None:
    """None for what is no `traceparent`: whoever gets one begins a trace of their own."""
    found = HEADER.fullmatch(header) if header else None
    return Place(int(found[1], 16), int(found[2], 16), bool(int(found[3], 16) & SAMPLED)) if found else None


def new_trace() -> int:
    return dice.getrandbits(128) or 1


def new_span() -> int:
    return dice.getrandbits(64) or 1
