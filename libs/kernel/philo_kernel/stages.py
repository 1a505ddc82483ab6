"""What a call in a child process was busy with, and for how long; its parent makes spans of it (see `children.py`).

Outside of a call that somebody traces, a stage is nothing. This module imports nothing, so that children start soon.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Fact = str | int | float | bool
MOST = 1_000
"""Stages of one call that are noted; a call of more is told by its first."""


@dataclass(slots=True)
class Stage:
    """From `began` to `ended`, nanoseconds since 1970. `part_of` is the place of the stage around it, -1 if none."""

    name: str
    began: int
    part_of: int
    ended: int = 0
    about: dict[str, Fact] = field(default_factory=dict)


@dataclass(slots=True)
class Noting:
    stages: list[Stage] = field(default_factory=list)
    inside: list[int] = field(default_factory=list)


_noting: Noting | None = None


@contextmanager
def noted(*, wanted: bool) -> Iterator[list[Stage]]:
    """The stages of what is done in here, in the order in which they begin; complete at the end."""
    global _noting  # noqa: PLW0603 - a child does one call at a time
    _noting = Noting() if wanted else None
    try:
        yield _noting.stages if _noting else []
    finally:
        _noting = None


@contextmanager
def stage(name: str, **about: Fact) -> Iterator[None]:
    """A part of the work that is worth seeing in a trace: not a frame, but the drawing of a chunk."""
    noting = _noting
    if noting is None or len(noting.stages) >= MOST:
        yield
        return
    one = Stage(name, time.time_ns(), noting.inside[-1] if noting.inside else -1, about=dict(about))
    noting.inside.append(len(noting.stages))
    noting.stages.append(one)
    try:
        yield
    finally:
        one.ended = time.time_ns()
        noting.inside.pop()


def told(**about: Fact) -> None:
    """What is known of the stage that is on once it is nearly over."""
    if _noting and _noting.inside:
        _noting.stages[_noting.inside[-1]].about.update(about)
