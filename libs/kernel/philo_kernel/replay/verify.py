"""Holds what a service keeps against the fold of the facts, story by story. It reads, and does nothing else.

A batch of rows and of what their handlers have heard is read in one snapshot, the logs of others after it: whatever is in
the snapshot was said before. So what a service has not heard yet is no difference; what it should have heard long ago is.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from json import loads

from asyncpg import Connection

from philo_contracts.evolution import ImpossibleTransition
from philo_kernel.replay.projection import Balance, History, Projection, Row
from philo_kernel.replay.projection_hearing import Hearing, Inbox, hearing, inbox_of, told_to
from philo_kernel.replay.projection_log import BATCH, LoggedFact, Logs, stories
from philo_kernel.replay.story_difference import differences
from philo_kernel.replay.verify_difference import Count, RowDifference
from philo_kernel.replay.verify_log import LOG, flaws

PATIENCE = timedelta(minutes=1)
"""How long a fact may be on its way before it counts as lost."""
ROWS = """
    select {story}::text as story, to_jsonb(this_row)::text as row from public.{table} this_row
    where {story}::text = any($1::text[])"""
KEYS = "select {story}::text as key from public.{table} where {story}::text > $1 group by 1 order by 1 limit $2"


@dataclass(frozen=True)
class Look:
    """One batch of stories as it was found."""

    keys: Sequence[str]
    now: datetime
    said: Sequence[LoggedFact]
    inbox: Inbox
    rows: Mapping[str, Mapping[str, tuple[Row, ...]]]
    """By table, or by the name of what lies beside one, then by story."""


@dataclass
class Verification:
    """One service. `counts` by table; differences are handed over one by one, for there may be many."""

    service: str
    projections: Sequence[Projection]
    balances: Sequence[Balance]
    logs: Logs
    patience: timedelta = PATIENCE
    counts: dict[str, Count] = field(default_factory=dict)

    @property
    def own(self) -> Connection:
        return self.logs.connections[self.service]

    async def of(self, keys: Sequence[str]) -> AsyncIterator[RowDifference]:
        """Some stories."""
        for start in range(0, len(keys), BATCH):
            look = await looked(self.own, self.service, self.projections, self.logs, keys[start : start + BATCH])
            for difference in self.judged(look):
                yield difference
            async for difference in self.flaws(look):
                yield difference

    async def of_all(self) -> AsyncIterator[RowDifference]:
        """All stories of all logs it listens to, the rows that no log knows of, and how rows agree with each other."""
        services = self.services()
        async for keys in stories(self.logs, services):
            async for difference in self.of(keys):
                yield difference
        async for keys in self.orphans(services):
            async for difference in self.of(keys):
                yield difference
        for balance in self.balances:
            async for difference in self.balanced(balance):
                yield difference

    def services(self) -> list[str]:
        others = (service for projection in self.projections for service in projection.services)
        return list(dict.fromkeys([self.service, *others]))

    async def orphans(self, services: Sequence[str]) -> AsyncIterator[list[str]]:
        """Keys of rows of which no fact was ever said."""
        for projection in self.projections:
            async for keys in pages(self.own, KEYS.format(table=projection.table, story=projection.story)):
                unknown = set(keys)
                for service in services:
                    unknown -= await self.logs.known(service, sorted(unknown)) if unknown else set()
                if unknown:
                    yield sorted(unknown)

    async def flaws(self, look: Look) -> AsyncIterator[RowDifference]:
        """What is wrong with the log itself."""
        count = self.counts.setdefault(LOG, Count())
        own = [fact for fact in look.said if fact.service == self.service]
        count.stories += len({fact.key for fact in own})
        count.facts += len(own)
        count.erased += len({fact.key for fact in own if fact.erased_at is not None})
        async for difference in flaws(self.own, self.service, look.keys, own):
            yield self.counted(difference)

    def judged(self, look: Look) -> Iterable[RowDifference]:
        for projection in self.projections:
            count = self.counts.setdefault(projection.table, Count())
            said = by_story(told_to(projection, look.said))
            for key in look.keys:
                stored = look.rows[projection.table].get(key, ())
                if key not in said and not stored:
                    continue
                heard = hearing(projection, said.get(key, ()), look.inbox, look.now)
                count.stories += 1
                count.facts += len(said.get(key, ()))
                count.rows += len(stored)
                count.waiting += len(heard.unheard)
                for difference in self.held_against(projection, key, heard, look):
                    yield self.counted(difference)

    def held_against(self, projection: Projection, key: str, heard: Hearing, look: Look) -> Iterable[RowDifference]:
        about = (self.service, projection.table, key)
        yield from missed(about, heard, look.now - self.patience)
        if heard.erased and (projection.outlives or self.fresh_erasure(heard, look)):
            self.counts[projection.table].erased += 1
            return
        if heard.lost:
            return  # the log itself tells, and whose rows these are cannot be folded
        known = differing(projection, about, story_of(projection, key, heard.heard, look))
        if known and heard.unheard and not differing(projection, about, story_of(projection, key, heard.all, look)):
            return  # a request has written already what its fact will say
        yield from known

    def fresh_erasure(self, heard: Hearing, look: Look) -> bool:
        """Its owner was erased elsewhere just now, and the word of it may be on its way."""
        gone = [fact.erased_at for fact in heard.erased if fact.tenant not in look.inbox.erased and fact.erased_at]
        return any(look.now - at < self.patience for at in gone)

    def counted(self, difference: RowDifference) -> RowDifference:
        self.counts.setdefault(difference.table, Count()).differences += 1
        return difference

    async def balanced(self, balance: Balance) -> AsyncIterator[RowDifference]:
        self.counts.setdefault(balance.name, Count())
        settled = await self.own.fetchval("select now() - $1::interval", self.patience)
        async with self.own.transaction(isolation="repeatable_read", readonly=True):
            async for row in self.own.cursor(balance.query, settled):
                told = (row["story"], row["story"], row["path"], row["stored"], row["folded"])
                yield self.counted(RowDifference(self.service, balance.name, *told))


async def looked(
    own: Connection, service: str, projections: Sequence[Projection], logs: Logs, keys: Sequence[str]
) -> Look:
    """One look in one snapshot. Of the service's own facts all are read."""
    async with own.transaction(isolation="repeatable_read"):
        return await seen(own, service, projections, logs, keys, whole=True)


async def seen(
    own: Connection,
    service: str,
    projections: Sequence[Projection],
    logs: Logs,
    keys: Sequence[str],
    *,
    whole: bool = False,
) -> Look:
    """Rows first, then the facts, then what was heard of them: so nothing was handled that is not among the facts."""
    rows = {}
    for projection in projections:
        query = ROWS.format(table=projection.table, story=projection.story)
        rows[projection.table] = await rows_of(own, query, keys)
        for name, beside in projection.beside.items():
            rows[name] = await rows_of(own, beside, keys)
    now = await own.fetchval("select clock_timestamp()")
    said = []
    for other in dict.fromkeys([service, *(name for projection in projections for name in projection.services)]):
        types = frozenset[str]().union(*(projection.types_of(other) for projection in projections))
        if types or whole:
            said += await logs.said(other, keys, None if whole and other == service else types)
    return Look(keys, now, said, await inbox_of(own, projections, said), rows)


async def rows_of(own: Connection, query: str, keys: Sequence[str]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for row in await own.fetch(query, keys):
        found[row["story"]] = (*found.get(row["story"], ()), loads(row["row"]))
    return found


async def pages(own: Connection, query: str, after: str = "") -> AsyncIterator[list[str]]:
    """The keys that `query` answers, some at a time."""
    last = after
    while found := await own.fetch(query, last, BATCH):
        keys = [row["key"] for row in found]
        last = keys[-1]
        yield keys


def by_story(said: Iterable[LoggedFact]) -> dict[str, list[LoggedFact]]:
    found: dict[str, list[LoggedFact]] = {}
    for fact in said:
        found.setdefault(fact.key, []).append(fact)
    return found


def differing(projection: Projection, about: tuple[str, str, str], story: History) -> list[RowDifference]:
    """Where the rows of one story are not what its facts say."""
    try:
        folded = {projection.named(row): row for row in projection.fold(story)}
    except (ImpossibleTransition, ValueError, LookupError) as error:
        return [RowDifference(*about, "", "", folded=f"cannot be folded: {type(error).__name__}: {error}")]
    stored = {projection.named(row): row for row in story.stored}
    names = sorted(stored.keys() | folded.keys())
    return [one for name in names for one in unlike(projection, about, name, stored.get(name), folded.get(name))]


def story_of(projection: Projection, key: str, said: Iterable[LoggedFact], look: Look) -> History:
    return History(
        key=key,
        now=look.now,
        facts=tuple(fact.envelope for fact in said if fact.envelope),
        stored=look.rows[projection.table].get(key, ()),
        beside={name: look.rows[name].get(key, ()) for name in projection.beside},
    )


def missed(about: tuple[str, str, str], heard: Hearing, since: datetime) -> Iterable[RowDifference]:
    """What the table should know of, and does not."""
    for fact in heard.unheard:
        if fact.at < since:
            yield RowDifference(*about, "", place(fact), "not heard", f"said at {fact.at.isoformat()}")
    for fact, handler, letter in heard.parked:
        words = f"parked by {handler} as {about[0]}/{letter}; `philo dlq redrive {about[0]}/{letter}` brings it back"
        yield RowDifference(*about, "", place(fact), words, f"said at {fact.at.isoformat()}")


def place(fact: LoggedFact) -> str:
    return f"{fact.type} {fact.stream}@{fact.version}"


def unlike(
    projection: Projection, about: tuple[str, str, str], name: str, stored: Row | None, folded: Row | None
) -> Iterable[RowDifference]:
    if stored is None or folded is None:
        sides = (row and projection.read(row) for row in (stored, folded))
        yield RowDifference(*about, name, "", *sides)
        return
    for one in differences(projection.read(stored), projection.read(folded)):
        yield RowDifference(*about, name, one.path, one.stored, one.folded)
