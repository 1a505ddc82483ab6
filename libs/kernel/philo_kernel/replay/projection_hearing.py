"""Which facts a table can know of: what was said, less what its service has not heard yet and what is nobody's any more.

A service hears over Kafka, later than a fact was said. Its inbox is the truth of what it has handled; what its inbox has
forgotten was handled long ago, or lies in the dead letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from asyncpg import Connection

from philo_contracts.events import UserErased
from philo_kernel.housekeeping import INBOX_DAYS
from philo_kernel.replay.projection import Projection
from philo_kernel.replay.projection_log import LoggedFact

MEMORY = timedelta(days=INBOX_DAYS - 1)
"""A day less than the inbox has: who looks on the last one must not take it for a gap."""
HANDLED = "select event from inbox where handler = $1 and event = any($2::uuid[])"
PARKED = (
    "select event, min(id) as letter from dead_letter where handler = $1 and event = any($2::uuid[]) group by event"
)
ERASED = "select tenant from data_key where tenant = any($1::text[]) and erased_at is not null"


@dataclass(frozen=True)
class Inbox:
    """What handlers of a service know, of some facts. Who is in `erased` is forgotten there."""

    handled: Mapping[str, frozenset[UUID]]
    parked: Mapping[str, Mapping[UUID, int]]
    erased: frozenset[str]


@dataclass
class Hearing:
    """The facts of one story, sorted by what the table can know of them."""

    heard: list[LoggedFact] = field(default_factory=list)
    unheard: list[LoggedFact] = field(default_factory=list)
    parked: list[tuple[LoggedFact, str, int]] = field(default_factory=list)
    """With the handler, and the number of the letter."""
    erased: list[LoggedFact] = field(default_factory=list)
    lost: list[LoggedFact] = field(default_factory=list)
    """Of somebody who was not erased, and whose key is gone: nothing can be said of what follows from them."""

    @property
    def all(self) -> list[LoggedFact]:
        """What can be read of it, heard or not yet."""
        return [*self.heard, *self.unheard]


async def inbox_of(own: Connection, projections: Iterable[Projection], said: Iterable[LoggedFact]) -> Inbox:
    """One question a handler, in the transaction in which the rows were read."""
    asked: dict[str, set[UUID]] = {}
    facts = list(said)
    for projection in projections:
        for fact in facts:
            if fact.type in projection.types_of(fact.service):
                handler = projection.handler_of(fact.service, fact.type)
                if handler:
                    asked.setdefault(handler, set()).add(fact.id)
    tenants = {fact.tenant for fact in facts if fact.tenant}
    handled, parked = {}, {}
    for handler, ids in asked.items():
        handled[handler] = frozenset(row["event"] for row in await own.fetch(HANDLED, handler, list(ids)))
        left = list(ids - handled[handler])
        rows = await own.fetch(PARKED, handler, left) if left else ()
        parked[handler] = {row["event"]: row["letter"] for row in rows}
    erased = frozenset(row["tenant"] for row in await own.fetch(ERASED, sorted(tenants))) if tenants else frozenset()
    return Inbox(handled, parked, erased)


def hearing(projection: Projection, said: Sequence[LoggedFact], inbox: Inbox, now: datetime) -> Hearing:
    """Pure. `said` are the facts of one story that the table follows from."""
    found = Hearing()
    for fact in said:
        handler = projection.handler_of(fact.service, fact.type)
        if fact.erased_at is not None or fact.tenant in inbox.erased:
            found.erased.append(fact)
        elif fact.envelope is None:
            found.lost.append(fact)
        elif handler is None or fact.id in inbox.handled[handler]:
            found.heard.append(fact)
        elif (letter := inbox.parked[handler].get(fact.id)) is not None:
            found.parked.append((fact, handler, letter))
        elif now - fact.at > MEMORY:
            found.heard.append(fact)
        else:
            found.unheard.append(fact)
    return nobodys(found) if found.erased else found


def nobodys(found: Hearing) -> Hearing:
    """Facts that name no owner, in a story whose owner is gone, are theirs as well: failures were told so once. Only the
    word of an erasure is nobody's."""
    for facts in (found.heard, found.unheard):
        theirs = [fact for fact in facts if fact.tenant is None and fact.type != UserErased.__name__]
        found.erased += theirs
        facts[:] = [fact for fact in facts if fact not in theirs]
    return found


def told_to(projection: Projection, said: Iterable[LoggedFact]) -> list[LoggedFact]:
    """The facts that the table follows from, in the order in which they are folded."""
    place = {service: number for number, service in enumerate(projection.services)}
    wanted = {service: projection.types_of(service) for service in place}
    mine = [fact for fact in said if fact.service in place and fact.type in wanted[fact.service]]
    return sorted(mine, key=lambda fact: (place[fact.service], fact.position))
