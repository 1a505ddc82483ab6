"""Facts of several services in causal order. Pure.

Clocks of services differ, so time alone would let an answer come before its question. An effect is placed after its cause
and after what was said before it in its stream; what nothing binds is placed by its time (Kahn 1962, with a heap).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from philo_kernel.replay.story_chapter import Told


class Placed(NamedTuple):
    """A fact in its place. `at` is its own time, or that of what it had to wait for if its clock says it was earlier."""

    fact: Told
    at: datetime


def said_at(fact: Told) -> datetime:
    """When it was said by its author's clock; of an erased one only its database's is left."""
    return fact.envelope.time if fact.envelope else fact.at


def cause_of(fact: Told) -> UUID | None:
    return fact.envelope.causationid if fact.envelope else None


def in_causal_order(facts: Iterable[Told]) -> list[Placed]:
    """Each fact once, none before its cause. Causes that are not among them bind nobody; a ring of causes, which no honest
    service can say, is broken where its time is earliest."""
    known = once(facts)
    before = {name: before_it(fact, known) for name, fact in known.items()}
    for name, earlier in earlier_in_stream(known.values()):
        before[name].add(earlier)
    return list(placed(known, before))


def once(facts: Iterable[Told]) -> dict[UUID, Told]:
    """The first telling of each: what is told twice is the same fact."""
    known: dict[UUID, Told] = {}
    for fact in facts:
        known.setdefault(fact.id, fact)
    return known


def before_it(fact: Told, known: Mapping[UUID, Told]) -> set[UUID]:
    cause = cause_of(fact)
    return {cause} if cause is not None and cause in known and cause != fact.id else set()


def earlier_in_stream(facts: Iterable[Told]) -> Iterator[tuple[UUID, UUID]]:
    """Pairs of a fact and the one before it in its stream."""
    streams: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for fact in facts:
        streams[fact.service, fact.stream].append(fact)
    for stream in streams.values():
        stream.sort(key=lambda fact: fact.version)
        yield from ((later.id, earlier.id) for earlier, later in pairwise(stream))


def placed(known: Mapping[UUID, Told], before: Mapping[UUID, set[UUID]]) -> Iterator[Placed]:
    after, waits = followers(before), {name: len(earlier) for name, earlier in before.items()}
    times = {name: said_at(fact) for name, fact in known.items()}
    ready: list[tuple[datetime, str, int, UUID]] = []
    left = set(known)

    def enter(name: UUID) -> None:
        heappush(ready, (times[name], known[name].service, known[name].position, name))

    for name, count in waits.items():
        if not count:
            enter(name)
    while left:
        if not ready:
            enter(min(left, key=lambda name: (times[name], known[name].position)))
        at, _, _, name = heappop(ready)
        if name not in left:
            continue
        left.discard(name)
        yield Placed(known[name], at)
        for follower in after[name]:
            times[follower] = max(times[follower], at)
            waits[follower] -= 1
            if not waits[follower] and follower in left:
                enter(follower)


def followers(before: Mapping[UUID, set[UUID]]) -> Mapping[UUID, Sequence[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for name, earlier in before.items():
        for one in earlier:
            found[one].append(name)
    return found
