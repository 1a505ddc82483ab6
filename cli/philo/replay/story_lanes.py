"""When each service was at work on a job. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from philo.replay.story_moment import began
from philo_kernel.replay.story import Moment, Story


@dataclass(frozen=True)
class Stretch:
    """Work that ended in a fact, as shares of the story's length from 0 to 1: ordered, begun, said."""

    moment: Moment
    asked: float
    begun: float
    said: float


@dataclass(frozen=True)
class Lane:
    service: str
    stretches: tuple[Stretch, ...]

    @property
    def facts(self) -> int:
        return len(self.stretches)

    @property
    def worked(self) -> float:
        """Seconds of work; what ran side by side counts for each."""
        return sum(stretch.moment.worked or 0.0 for stretch in self.stretches)

    def cells(self, width: int) -> list[str]:
        """The lane as so many characters: `work`, `fact`, `wait` or `idle`."""
        cells = ["idle"] * width
        for kind in ("wait", "fact", "work"):  # the later ones cover the earlier
            for stretch in self.stretches:
                for cell in covered(stretch, kind, width):
                    cells[cell] = kind
        return cells


def covered(stretch: Stretch, kind: str, width: int) -> range:
    start = {"wait": stretch.asked, "fact": stretch.said, "work": stretch.begun}[kind]
    end = {"wait": stretch.begun, "fact": stretch.said, "work": stretch.said}[kind]
    if kind == "work" and not stretch.moment.worked:
        return range(0)
    return range(place(start, width), place(end, width) + (kind != "wait"))


def place(share: float, width: int) -> int:
    return min(width - 1, max(0, int(share * width)))


def lanes(story: Story) -> Iterator[Lane]:
    """One for each service that said anything, in the order in which they did."""
    start, end = began(story), story.moments[-1].at
    for service in dict.fromkeys(moment.service for moment in story.moments):
        own = (moment for moment in story.moments if moment.service == service)
        yield Lane(service, tuple(stretch(moment, start, end) for moment in own))


def stretch(moment: Moment, start: datetime, end: datetime) -> Stretch:
    whole = max((end - start).total_seconds(), 1e-9)
    said = share((moment.at - start).total_seconds(), whole)
    begun = share(said * whole - (moment.worked or 0.0), whole)
    return Stretch(moment, share(begun * whole - (moment.waited or 0.0), whole), begun, said)


def share(passed: float, whole: float) -> float:
    return min(1.0, max(0.0, passed / whole))
