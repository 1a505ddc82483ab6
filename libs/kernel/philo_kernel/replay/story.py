"""The whole story of a job over all services: who said what, when, because of what, and how long it took. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from philo_contracts.envelope import Envelope
from philo_kernel.replay.story_chapter import Chapter, Heard, Parked, Part, Told, Waiting
from philo_kernel.replay.story_order import Placed, cause_of, in_causal_order, said_at

ENDS = frozenset({"JobCompleted", "JobFailed", "JobRefused"})


class Moment(Part):
    """One fact in its place in the story. Times that nobody can tell any more are none."""

    number: int = Field(description="Its place in causal order, from 1.")
    service: str
    id: UUID
    type: str
    stream: str
    version: int
    said_at: datetime = Field(description="By the clock of who said it.")
    at: datetime = Field(description="The same, or the time of its cause if its clock says that it came before that.")
    behind: float = Field(description="Seconds by which its clock says that it came before its cause.")
    cause: UUID | None = Field(description="The fact that it answers.")
    because: int | None = Field(description="The number of that fact, if it is in this story.")
    begun_at: datetime | None = Field(description="When the work began, or the handler, that it came of.")
    waited: float | None = Field(description="Seconds from its cause until then.")
    worked: float | None = Field(description="Seconds from then until it was said.")
    attempts: int | None = Field(description="Tries of the work that it came of.")
    published: bool = Field(description="Whether the others have been told, as far as its author knows.")
    erased: bool = Field(description="Whose it was is gone: that something was said is all that is left.")
    trace_id: str | None
    schema_version: int | None
    data: dict[str, Any] | None = Field(description="What was said; nothing where it is erased, or its key is lost.")


class Away(Part):
    """A service whose store could not be read: what it knows is missing in the story."""

    service: str
    why: str


class Story(Part):
    """A job over all services. Facts are in causal order; `now` is when it was read."""

    job: str
    now: datetime
    services: tuple[str, ...]
    away: tuple[Away, ...] = ()
    moments: tuple[Moment, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    parked: tuple[Parked, ...] = ()

    @property
    def began_at(self) -> datetime | None:
        return self.moments[0].at if self.moments else None


def story_of(job: str, chapters: Sequence[Chapter], away: Iterable[Away] = ()) -> Story:
    """Put together what the services told. No chapters, no time: raises `ValueError`."""
    placed = in_causal_order(fact for chapter in chapters for fact in chapter.told)
    heard = first_heard(one for chapter in chapters for one in chapter.heard)
    numbers = {one.fact.id: number for number, one in enumerate(placed, 1)}
    times = {one.fact.id: said_at(one.fact) for one in placed}
    return Story(
        job=job,
        now=max(chapter.now for chapter in chapters),
        services=tuple(chapter.service for chapter in chapters),
        away=tuple(away),
        moments=tuple(moment_of(one, numbers, times, heard) for one in placed),
        waiting=tuple(order for chapter in chapters for order in chapter.waiting),
        parked=tuple(letter for chapter in chapters for letter in chapter.parked),
    )


def first_heard(heard: Iterable[Heard]) -> dict[tuple[str, UUID], datetime]:
    """When a service took a fact up first, by whichever of its handlers."""
    found: dict[tuple[str, UUID], datetime] = {}
    for one in heard:
        key = (one.service, one.event)
        found[key] = min(one.at, found.get(key, one.at))
    return found


def moment_of(
    one: Placed,
    numbers: Mapping[UUID, int],
    times: Mapping[UUID, datetime],
    heard: Mapping[tuple[str, UUID], datetime],
) -> Moment:
    fact, cause, said = one.fact, cause_of(one.fact), said_at(one.fact)
    begun = fact.begun_at or (heard.get((fact.service, cause)) if cause else None)
    asked = times.get(cause) if cause else None
    return Moment(
        **{
            name: getattr(fact, name)
            for name in ("service", "id", "type", "stream", "version", "attempts", "published")
        },
        number=numbers[fact.id],
        said_at=said,
        at=one.at,
        behind=seconds(said, asked),
        cause=cause,
        because=numbers.get(cause) if cause else None,
        begun_at=begun,
        waited=None if begun is None or asked is None else seconds(asked, begun),
        worked=None if begun is None else seconds(begun, fact.at if fact.begun_at else said),
        erased=fact.erased_at is not None,
        trace_id=trace_of(fact),
        **bulk_of(fact.envelope),
    )


def bulk_of(envelope: Envelope | None) -> dict[str, Any]:
    if envelope is None:
        return {"schema_version": None, "data": None}
    return {"schema_version": envelope.schemaversion, "data": envelope.data}


def seconds(start: datetime, end: datetime | None) -> float:
    """From one to the other; clocks that differ never make it less than nothing."""
    return round(max(0.0, (end - start).total_seconds()), 6) if end else 0.0


def trace_of(fact: Told) -> str | None:
    parts = (fact.traceparent or "").split("-")
    return parts[1] if len(parts) == 4 else None


def end_of(story: Story) -> int:
    """The number of the fact that a reader waits for: how the making ended, else the last answer that there is."""
    ends = [moment.number for moment in story.moments if moment.type in ENDS and moment.because]
    answers = [moment.number for moment in story.moments if moment.because]
    return [len(story.moments), *answers[-1:], *ends[-1:]][-1]


def way_to(story: Story, number: int) -> list[int]:
    """The causes that led to a fact, the first one first, and itself: where the time went."""
    way = [number]
    while (before := story.moments[way[-1] - 1].because) is not None and before < way[-1]:
        way.append(before)
    return way[::-1]
