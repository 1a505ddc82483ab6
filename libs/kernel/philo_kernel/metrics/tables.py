"""What waits in a service's database: facts for the broker, tasks for a worker, letters for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from asyncpg import Connection
from prometheus_client.core import GaugeMetricFamily, Metric
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.shapes import Priority
from philo_kernel.database import connected
from philo_kernel.metrics.instruments import MAX

PATIENCE = 1.0
"""Seconds after which PostgreSQL gives a statement up."""
MOST = 10_000
"""Rows that are counted at most: whoever has more has the same trouble."""
EACH = 2_000
"""The same for one kind of task; the oldest come first, so that ages are true."""

OUTBOX = f"""
    select count(*)::int as waiting,
      coalesce(extract(epoch from now() - (
        select at from event where position = (select min(position) from outbox))), 0)::float as age
    from (select from outbox limit {MOST}) waiting"""  # noqa: S608 - our own number
# The oldest of each kind are found by PgQueuer's own index, however many wait.
TASKS = f"""
    select task, priority, count(*)::int as waiting, greatest(0, max(extract(epoch from now() - since)))::float as age
    from unnest($1::text[]) asked(task) cross join lateral (
      select coalesce(headers->>'priority', 'default') as priority, greatest(created, execute_after) as since
      from pgqueuer where status = 'queued' and entrypoint = task and execute_after <= now()
      order by execute_after limit {EACH}) waiting
    group by task, priority"""  # noqa: S608 - our own number
LETTERS = f"""
    select kind, count(*)::int as parked, extract(epoch from now() - min(at))::float as age
    from (select kind, at from dead_letter order by id limit {MOST}) parked group by kind"""  # noqa: S608 - our own number


class Tables:
    """`tasks` are the kinds of work that this service does."""

    def __init__(self, engine: AsyncEngine, tasks: Sequence[str]) -> None:
        self.engine, self.tasks = engine, tasks

    async def read(self) -> Iterable[Metric]:
        """Raises what a database that is away raises."""
        async with connected(self.engine) as connection:
            raw = cast("Connection", (await connection.get_raw_connection()).driver_connection)
            return [*await outbox(raw), *await letters(raw), *(await tasks(raw, self.tasks) if self.tasks else ())]


async def outbox(connection: Connection) -> Iterable[Metric]:
    row = await connection.fetchrow(OUTBOX, timeout=PATIENCE)
    return [
        GaugeMetricFamily("outbox_facts", f"Facts not published yet, up to {MOST}.{MAX}", value=row["waiting"]),
        GaugeMetricFamily("outbox_age_seconds", f"How long the oldest of them has waited.{MAX}", value=row["age"]),
    ]


async def letters(connection: Connection) -> Iterable[Metric]:
    found = {row["kind"]: row for row in await connection.fetch(LETTERS, timeout=PATIENCE)}
    parked = GaugeMetricFamily("dead_letters", f"Events and tasks that are parked, up to {MOST}.{MAX}", labels=["kind"])
    age = GaugeMetricFamily("dead_letter_age_seconds", f"How long the oldest is parked.{MAX}", labels=["kind"])
    for kind in ("event", "task"):
        parked.add_metric([kind], found[kind]["parked"] if kind in found else 0)
        age.add_metric([kind], found[kind]["age"] if kind in found else 0)
    return [parked, age]


async def tasks(connection: Connection, kinds: Sequence[str]) -> Iterable[Metric]:
    """Every kind and priority is told, so that none comes and goes."""
    rows = await connection.fetch(TASKS, kinds, timeout=PATIENCE)
    found = {(row["task"], row["priority"]): row for row in rows}
    labels = ["task", "priority"]
    waiting = GaugeMetricFamily("tasks_waiting", f"Tasks that may begin, up to {EACH} of a kind.{MAX}", labels=labels)
    age = GaugeMetricFamily("task_age_seconds", f"How long the oldest of them might have begun.{MAX}", labels=labels)
    for place in [(kind, priority.value) for kind in kinds for priority in Priority]:
        waiting.add_metric(place, found[place]["waiting"] if place in found else 0)
        age.add_metric(place, found[place]["age"] if place in found else 0)
    return [waiting, age]
