"""In which order a service took things up then. Pure.

What was handled in one transaction is a step, at the time of that transaction; so is what somebody asked of the service,
which nothing in the recording caused. Steps that said something are in the order of their facts, which the store gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from philo_contracts.envelope import Envelope
from philo_contracts.events.base import KNOWN
from philo_contracts.events.calls import ProviderCalled
from philo_kernel.handler import Handler
from philo_kernel.replay.composition import Composition
from philo_kernel.replay.recording import Recording, Said


@dataclass(frozen=True)
class Step:
    """`facts` are handled, or `given`: written down as somebody asked for it."""

    at: datetime
    facts: tuple[Envelope, ...]
    given: bool = False
    position: int | None = None
    """Of the first fact that the service said in it."""


def steps_of(recording: Recording, composition: Composition, handlers: Sequence[Handler]) -> list[Step]:
    said = recording.of(composition.name)
    heard = heard_steps(recording, composition, handlers, said)
    return in_order([*heard, *given_steps(recording, said)])


def given_steps(recording: Recording, said: Iterable[Said]) -> Iterable[Step]:
    """What one transaction said without a cause that is known here."""
    known = {one.fact.id for one in recording.facts}
    groups: dict[datetime, list[Said]] = {}
    for one in said:
        if one.fact.causationid not in known and one.ordered_at is None and not is_call(one.fact):
            groups.setdefault(one.at, []).append(one)
    for at, group in groups.items():
        yield Step(at, tuple(one.fact for one in group), given=True, position=group[0].position)


def heard_steps(
    recording: Recording, composition: Composition, handlers: Sequence[Handler], said: Sequence[Said]
) -> Iterable[Step]:
    wanted = {kind.__name__ for handler in handlers for kind in handler.events}
    taken = taken_up(recording, composition.name)
    first = first_said(said)
    units: dict[datetime, list[tuple[int, Envelope]]] = {}
    for number, one in enumerate(recording.facts):
        if one.fact.type in wanted and one.fact.source in composition.listens_to:
            at, place = taken.get(one.fact.id, (one.at, number))
            units.setdefault(at, []).append((place, one.fact))
    for at, facts in units.items():
        ordered = sorted(facts, key=lambda placed: placed[0])
        yield Step(at, tuple(fact for _, fact in ordered), position=first.get(at))


def taken_up(recording: Recording, service: str) -> dict[UUID, tuple[datetime, int]]:
    """When the first handler of the service took each fact up, and its place among those of the same moment."""
    found: dict[UUID, tuple[datetime, int]] = {}
    for one in recording.handled:
        if one.service == service:
            found[one.event] = min((one.at, one.place), found.get(one.event, (one.at, one.place)))
    return found


def first_said(said: Iterable[Said]) -> dict[datetime, int]:
    """PostgreSQL gives a transaction one time: what was handled in it, and what was said."""
    first: dict[datetime, int] = {}
    for one in said:
        first.setdefault(one.at, one.position)
    return first


def in_order(steps: Iterable[Step]) -> list[Step]:
    """By time; but a transaction that began first may have waited for another, and said its facts after it."""
    timed = sorted(steps, key=lambda step: step.at)
    placed = iter(sorted((step for step in timed if step.position is not None), key=lambda step: step.position or 0))
    return [step if step.position is None else next(placed) for step in timed]


def is_call(fact: Envelope) -> bool:
    kind = KNOWN.get(fact.type)
    return kind is not None and issubclass(kind, ProviderCalled)
