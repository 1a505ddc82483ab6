"""In which order a service took things up then. Pure.

What was handled in one transaction is a step, at the time of that transaction; so is what somebody asked of the service,
which nothing in the recording caused. Steps that said something are in the order of their facts, which the store gave.

Within a step facts of one service are in the order in which it said them, for they came in one topic. Between topics the
older record went first, and how old records were nobody has written down: several orders are possible.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from heapq import merge
from itertools import chain, permutations
from uuid import UUID

from philo_contracts.envelope import Envelope
from philo_contracts.events.base import KNOWN
from philo_contracts.events.calls import ProviderCalled
from philo_kernel.handler import Handler
from philo_kernel.replay.composition import Composition
from philo_kernel.replay.recording import Recording, Said


@dataclass(frozen=True)
class Step:
    """`facts` are handled, or `given`: written down as somebody asked for it. `answers` are the positions of what the
    service said first because of each."""

    at: datetime
    facts: tuple[Envelope, ...]
    answers: Mapping[UUID, int] = field(default_factory=dict)
    given: bool = False
    position: int | None = None
    """Of the first fact that the service said in it."""

    def orders(self) -> Iterator[tuple[Envelope, ...]]:
        """In which its facts may have come, the likeliest first: by their times; by what was said of them, with those of
        which nothing was said as soon or as late as can be; topic after topic."""
        topics: dict[str, list[Envelope]] = {}
        for fact in self.facts:
            topics.setdefault(fact.source, []).append(fact)
        yield tuple(merge(*topics.values(), key=lambda fact: fact.time))
        if len(topics) > 1:
            for silent in (-1, sys.maxsize):
                yield tuple(merge(*topics.values(), key=partial(self.answered, silent=silent)))
            yield from (tuple(chain.from_iterable(some)) for some in permutations(topics.values()))

    def answered(self, fact: Envelope, silent: int) -> int:
        return self.answers.get(fact.id, silent)


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
    units: dict[datetime, list[Envelope]] = {}
    for one in sorted(recording.facts, key=lambda one: one.position):  # of one service: the order of its topic
        if one.fact.type in wanted and one.fact.source in composition.listens_to:
            units.setdefault(taken.get(one.fact.id, one.at), []).append(one.fact)
    answers: dict[UUID, int] = {}
    for one in said:
        if one.fact.causationid and one.ordered_at is None:
            answers.setdefault(one.fact.causationid, one.position)
    for at, facts in units.items():
        yield Step(at, tuple(facts), answers, position=first.get(at))


def taken_up(recording: Recording, service: str) -> dict[UUID, datetime]:
    """When the first handler of the service took each fact up."""
    found: dict[UUID, datetime] = {}
    for one in recording.handled:
        if one.service == service:
            found[one.event] = min(one.at, found.get(one.event, one.at))
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
