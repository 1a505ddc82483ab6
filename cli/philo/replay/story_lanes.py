"""When each service was at work on a job. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime

from philo.replay.story_moment import began
from philo_kernel.replay.story import Moment, Story


@dataclass(frozen=True)
class Stretch:
    """Work that ended in a fact, as shares of the story's length from 0 to 1: asked for, begun, said.

    `worked` is in seconds: none for a fact that was said on the way, whose work is that of the last one.
    """

    moment: Moment
    asked: float
    begun: float
    said: float
    worked: float = 0.0


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
        return sum(stretch.worked for stretch in self.stretches)

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
    if kind == "work" and not stretch.worked:
        return range(0)
    return range(place(start, width), place(end, width) + (kind != "wait"))


def place(share: float, width: int) -> int:
    return min(width - 1, max(0, int(share * width)))


def lanes(story: Story) -> Iterator[Lane]:
    """One for each service that said anything, in the order in which they did."""
    start, end = began(story), story.moments[-1].at
    last = {work_of(moment): moment.number for moment in story.moments}
    for service in dict.fromkeys(moment.service for moment in story.moments):
        own = [moment for moment in story.moments if moment.service == service]
        ends = (moment.number == last[work_of(moment)] for moment in own)
        yield Lane(service, tuple(stretch(*one, start, end) for one in zip(own, ends, strict=True)))


def work_of(moment: Moment) -> Hashable:
    """What facts of the same work have in common: a task's effect, or the unit in which handlers said them."""
    if moment.begun_at is None:
        return moment.number
    effect = moment.stream.removesuffix("/progress") if moment.attempts else None
    return moment.service, moment.begun_at, effect


def stretch(moment: Moment, ends: bool, start: datetime, end: datetime) -> Stretch:
    whole = max((end - start).total_seconds(), 1e-9)
    said = share((moment.at - start).total_seconds(), whole)
    if not ends:
        return Stretch(moment, said, said, said)
    worked = moment.worked or 0.0
    begun = share(said * whole - worked, whole)
    return Stretch(moment, share(begun * whole - (moment.waited or 0.0), whole), begun, said, worked)


def share(passed: float, whole: float) -> float:
    return min(1.0, max(0.0, passed / whole))
