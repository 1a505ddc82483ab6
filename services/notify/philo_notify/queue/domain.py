"""How long a job will take, by how long others took. Pure; all times are seconds.

The time of a job is cut into legs that follow one another: it is read, it is made (voices, pictures and drawing overlap),
it is joined. While several jobs are under way, each gets a share: a leg's work is its time divided among all that were open
(processor sharing), so that figures of a busy hour and of a quiet one can be compared, and what lies ahead adds up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from philo_contracts.evolution import OPEN
from philo_contracts.job import Job
from philo_contracts.shapes import Priority
from philo_notify.domain import QueueFigures

LEGS: Final = ("read", "draw", "join")
"""Each ends when the stage of this name does."""
Legs = Mapping[str, float]
UNKNOWN: Final[Legs] = {"read": 3.0, "draw": 45.0, "join": 5.0}
"""Before anything was ever made here: a film of a minute on a small machine."""
WAIT: Final = {Priority.HIGH: 0.0, Priority.DEFAULT: 60.0, Priority.LOW: 600.0}
"""How much later a job is due by its priority, as tasks are in the queues of services."""
ENOUGH: Final = 3
"""Films of a kind from which its own history is believed."""


@dataclass(frozen=True)
class Sort:
    """What makes films comparable. `size` is the power of two in which the number of their characters lies."""

    kind: str
    resolution: str | None = None
    size: int | None = None

    def wider(self) -> Iterable[Sort]:
        """From this very sort to all films of its kind."""
        yield self
        yield Sort(self.kind, self.resolution)
        yield Sort(self.kind)


@dataclass(frozen=True)
class Past:
    """The medians of `count` films of a sort."""

    count: int
    legs: Legs


History = Mapping[Sort, Past]


@dataclass(frozen=True)
class Entry:
    """A job that is not done. `due` orders the queue; `done` is the share of each leg that lies behind it."""

    job: str
    user: str
    sort: Sort
    due: datetime
    done: Legs


def length_of(job: Job) -> int:
    """Characters that will be heard, as far as that can be known."""
    if job.scenes:
        return sum(len(scene.narration) for scene in job.scenes)
    return len(job.script or job.prompt or "")


def sort_of(kind: str, resolution: str, length: int) -> Sort:
    return Sort(kind, resolution, int(math.log2(max(1, length))))


def is_open(job: Job) -> bool:
    return job.status in OPEN


def done_of(job: Job) -> dict[str, float]:
    """The share of each leg that lies behind a job."""
    stages = {stage.name: stage for stage in job.stages}
    return {leg: stages[leg].done / stages[leg].total for leg in LEGS if leg in stages and stages[leg].total}


def legs_of(job: Job) -> list[tuple[str, datetime, datetime]]:
    """When each leg of a job that is done began and ended. A leg that it did not have is left out."""
    begin, found = job.created_at, []
    stages = {stage.name: stage for stage in job.stages}
    for leg in LEGS:
        end = stages[leg].finished_at if leg in stages else None
        if begin is not None and end is not None and end >= begin:
            found.append((leg, begin, end))
            begin = end
    return found


def work_in(start: datetime, end: datetime, others: Sequence[tuple[datetime, datetime]]) -> float:
    """Seconds between the two, each divided by the number of jobs that were open in it."""
    near = [(max(one, start), min(other, end)) for one, other in others if one < end and other > start]
    marks = sorted({start, end, *(mark for pair in near for mark in pair)})
    work = 0.0
    for left, right in pairwise(marks):
        open_then = 1 + sum(one <= left and other >= right for one, other in near)
        work += (right - left).total_seconds() / open_then
    return work


def typical(sort: Sort, history: History) -> Legs:
    """What its like took: of the narrowest sort of which enough were made, else of any."""
    known = [history[one] for one in sort.wider() if one in history]
    return next((past.legs for past in known if past.count >= ENOUGH), known[0].legs if known else UNKNOWN)


def remaining(entry: Entry, history: History) -> float:
    return sum(seconds * (1 - entry.done.get(leg, 0.0)) for leg, seconds in typical(entry.sort, history).items())


def figures(entries: Iterable[Entry], history: History) -> dict[str, QueueFigures]:
    """Where each open job stands: behind those that are due before it, and their work."""
    line = sorted(entries, key=lambda entry: (entry.due, entry.job))
    found, ahead = {}, 0.0
    for position, entry in enumerate(line, 1):
        ahead += remaining(entry, history)
        found[entry.job] = QueueFigures(pending_jobs=len(line), position=position, estimated_time=round(ahead, 1))
    return found


def told_again(before: QueueFigures | None, after: QueueFigures, seconds: float = 5.0) -> bool:
    """Whether the difference is worth a message: time that merely passes is not."""
    if before is None or (before.pending_jobs, before.position) != (after.pending_jobs, after.position):
        return True
    return abs(before.estimated_time - after.estimated_time) >= seconds
