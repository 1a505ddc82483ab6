"""Whether what a service keeps of a job is what the facts say. The facts of others are brought along: no store but its own
is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from asyncpg import Connection

from philo_kernel.replay.projection import Projection
from philo_kernel.replay.projection_hearing import hearing, told_to
from philo_kernel.replay.projection_log import LoggedFact, Logs
from philo_kernel.replay.story_chapter import Part, Told
from philo_kernel.replay.story_difference import Difference
from philo_kernel.replay.verify import Look, Verification, looked
from philo_kernel.replay.verify_difference import Count

NO_HURRY = timedelta(days=365)
"""A fact that is on its way is told as such, however long it has been: who reads a story sees since when."""
Standing = Literal["same", "behind", "differs", "erased", "unreadable"]


class Verdict(Part):
    """How a table stands to the facts: the `same`; `behind`, for the service has not heard `unheard` of them yet; or it
    `differs`. Of somebody who was `erased` nothing can be told, nor where a key is lost and facts are `unreadable`."""

    service: str
    table: str
    standing: Standing
    facts: int
    rows: int
    unheard: tuple[UUID, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Brought(Logs):
    """The logs of all services as far as they are about one job, brought by whoever asks: in the order of each log."""

    facts: Sequence[LoggedFact] = ()

    async def said(self, service: str, keys: Sequence[str], types: Iterable[str] | None = None) -> list[LoggedFact]:
        wanted = None if types is None else frozenset(types)
        return [
            fact
            for fact in self.facts
            if fact.service == service and fact.key in keys and (wanted is None or fact.type in wanted)
        ]


def said_of(job: str, fact: Told) -> LoggedFact:
    names = ("service", "position", "id", "type", "stream", "version", "at", "tenant", "envelope", "erased_at")
    return LoggedFact(key=job, **{name: getattr(fact, name) for name in names})


async def verdicts(
    own: Connection, service: str, projections: Sequence[Projection], job: str, facts: Iterable[Told]
) -> list[Verdict]:
    """One for each table that the job has rows in, or facts for. Everything is read in one snapshot."""
    about = sorted((said_of(job, fact) for fact in facts), key=lambda fact: fact.position)
    logs = Brought({service: own}, about)
    look = await looked(own, service, projections, logs, [job])
    found = (verdict(service, projection, logs, look) for projection in projections)
    return [one for one in found if one.facts or one.rows]


def verdict(service: str, projection: Projection, logs: Logs, look: Look) -> Verdict:
    looking = Verification(service, [projection], (), logs, NO_HURRY)
    unlike = tuple(looking.judged(look))
    count = looking.counts.get(projection.table, Count())
    heard = hearing(projection, told_to(projection, look.said), look.inbox, look.now)
    standing: Standing = "same"
    if unlike:
        standing = "differs"
    elif heard.lost:
        standing = "unreadable"
    elif heard.erased:
        standing = "erased"
    elif heard.unheard:
        standing = "behind"
    return Verdict(
        service=service,
        table=projection.table,
        standing=standing,
        facts=count.facts,
        rows=count.rows,
        unheard=tuple(fact.id for fact in heard.unheard),
        differences=tuple(
            Difference(path=f"{one.row}{one.path}", stored=one.stored, folded=one.folded) for one in unlike
        ),
    )
