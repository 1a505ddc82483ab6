"""Folds the facts into the shadow of a table while its service goes on writing the live one.

Story by story: all facts under one key that the service has heard become its rows. Each batch commits together with how
far it is, so that who begins again goes on. Then the stories whose live rows were written meanwhile are folded anew,
until there are none.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from asyncpg import Connection
from pydantic_core import to_jsonable_python

from philo_contracts.evolution import ImpossibleTransition
from philo_kernel.replay.projection import Projection, Row
from philo_kernel.replay.projection_hearing import hearing, told_to
from philo_kernel.replay.projection_log import Logs
from philo_kernel.replay.projection_shadow import FOUND
from philo_kernel.replay.verify import KEYS, Look, by_story, pages, seen, story_of

AT_ONCE = 50
COPY = "insert into shadow.{table} select * from public.{table} on conflict do nothing"
CLEAR = "delete from shadow.{table} where {story}::text = any($1::text[])"
WRITE = "insert into shadow.{table} select * from jsonb_populate_recordset(null::shadow.{table}, $1::jsonb)"
BEEN = """
    update shadow.rebuilding set log = $2, after = $3, stories = stories + $4, facts = facts + $5 where projection = $1"""
BUILT = "update shadow.rebuilding set built = true where projection = $1"
TOUCHED = """
    delete from shadow.touched where id in (
      select id from shadow.touched where projection = $1 order by id limit $2 for update skip locked) returning key"""
SINCE = "select coalesce(min(position), (select coalesce(max(position), 0) + 1 from event)) from event where at >= $1"
AT = "select at from event where position >= $1 order by position limit 1"


@dataclass
class Rebuilding:
    """How far it is. `unfolded` are stories whose facts cannot be folded: their rows are kept as they are."""

    service: str
    projection: Projection
    logs: Logs
    since: Mapping[str, int] = field(default_factory=dict)
    stories: int = 0
    facts: int = 0
    folded_now: int = 0
    """Facts of this run, without those of one that was broken off."""
    unfolded: dict[str, str] = field(default_factory=dict)

    @property
    def own(self) -> Connection:
        return self.logs.connections[self.service]

    async def build(self) -> AsyncIterator[int]:
        """Fold every story once, from where an earlier run has come to. Yields how many each time."""
        known = await self.own.fetchrow(FOUND, self.projection.table)
        self.stories, self.facts = known["stories"], known["facts"]
        if known["built"]:
            return
        if self.since and not known["log"] and not known["after"]:
            await self.own.execute(COPY.format(table=self.projection.table))
        async for log, last, keys in self.untold(known["log"], known["after"]):
            async with self.own.transaction():
                stories, facts = await self.refold(keys)
                await self.own.execute(BEEN, self.projection.table, log, last, stories, facts)
            self.stories += stories
            self.facts += facts
            self.folded_now += facts
            yield stories
        await self.own.execute(BUILT, self.projection.table)

    async def untold(self, begun: int, after: str) -> AsyncIterator[tuple[int, str, list[str]]]:
        """Keys log by log, in the end those of rows that no log knows of; each page with its place and its last key."""
        services = self.projection.services
        for log in range(begun, len(services)):
            since = self.since.get(services[log], 0)
            async for keys in self.logs.keys(services[log], since, after if log == begun else ""):
                yield log, keys[-1], await self.new(keys, services[:log])
        if not self.since:
            query = KEYS.format(table=self.projection.table, story=self.projection.story)
            async for keys in pages(self.own, query, after if begun == len(services) else ""):
                yield len(services), keys[-1], await self.new(keys, services)

    async def new(self, keys: list[str], services: Sequence[str]) -> list[str]:
        """Those that none of these logs has told of."""
        left = set(keys)
        for service in services:
            left -= await self.logs.known(service, sorted(left), self.since.get(service, 0)) if left else set()
        return sorted(left)

    async def follow(self) -> int:
        """Fold anew some of the stories that were written meanwhile. How many; none when it has caught up."""
        async with self.own.transaction():
            rows = await self.own.fetch(TOUCHED, self.projection.table, AT_ONCE)
            keys = list({row["key"] for row in rows})
            if keys:
                await self.refold(keys)
        return len(keys)

    async def refold(self, keys: Sequence[str]) -> tuple[int, int]:
        """Replace the rows of these stories, in the caller's transaction. How many there are, and how many facts."""
        look = await seen(self.own, self.service, [self.projection], self.logs, keys)
        said = by_story(told_to(self.projection, look.said))
        rows = [row for key in keys for row in self.rows(key, said.get(key, ()), look)]
        table = self.projection.table
        await self.own.execute(CLEAR.format(table=table, story=self.projection.story), keys)
        if rows:
            await self.own.execute(WRITE.format(table=table), json.dumps(to_jsonable_python(rows)))
        return len(said), sum(map(len, said.values()))

    def rows(self, key: str, said: Sequence[Any], look: Look) -> Iterable[Row]:
        """What is to be there. Columns that no fact tells of are as the live row has them."""
        heard = hearing(self.projection, said, look.inbox, look.now)
        story = story_of(self.projection, key, heard.heard, look)
        if heard.erased and self.projection.outlives:
            return story.stored
        if heard.lost:
            self.unfolded[key] = f"the key of {heard.lost[0].tenant} is lost; it has to come back from a backup"
            return story.stored
        live = {self.projection.named(row): row for row in story.stored}
        try:
            folded = list(self.projection.fold(story))
        except (ImpossibleTransition, ValueError, LookupError) as error:
            self.unfolded[key] = f"{type(error).__name__}: {error}"
            return story.stored
        fresh = self.projection.fresh or {}
        return [{**fresh, **live.get(self.projection.named(row), {}), **row} for row in folded]


async def positions(logs: Logs, services: Sequence[str], since: str) -> dict[str, int]:
    """From where each log is read. `since` is a position in the first one's, or a time (ISO 8601) for all.

    Raises ValueError.
    """
    if since == "0":
        return {}
    if since.isdigit():
        at = await logs.connections[services[0]].fetchval(AT, int(since))
        if at is None:
            raise ValueError(f"{services[0]} has no fact at position {since} or behind it")
    else:
        at = datetime.fromisoformat(since)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return {service: await logs.connections[service].fetchval(SINCE, at) for service in services}
