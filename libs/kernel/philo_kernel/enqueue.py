"""Orders on their way into the queue: each gets its place among those that wait, and the attempt of its job."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from asyncpg import Connection
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries

from philo_contracts.shapes import Priority
from philo_kernel.fairness import MOST, among, due, urgency

# How many of the tenant's own wait before each; what is retried or deferred has its moment already and is not counted.
PLACES = f"""
    select coalesce(life.attempt, 1) as attempt,
      (select count(*) from (
        select from pgqueuer where status = 'queued' and headers->>'tenant' = wanted.tenant
          and (headers->>'due')::bigint <= wanted.due limit {MOST}) before) as ahead
    from unnest($1::text[], $2::text[], $3::bigint[]) with ordinality wanted(job, tenant, due, place)
    left join job_life life on life.job = wanted.job order by place"""  # noqa: S608 - our own number


@dataclass(frozen=True)
class Ordered:
    """An order as it lies in the queue. `headers` tell of its job, its cause, its tenant and its trace."""

    name: str
    payload: bytes
    headers: Mapping[str, str]
    priority: Priority = Priority.DEFAULT
    lead: int = 0
    after: timedelta | None = None

    @property
    def tenant(self) -> str | None:
        return self.headers.get("tenant")


async def enqueue(connection: Connection, orders: Sequence[Ordered]) -> None:
    """Put them into the queue, in the transaction that is on."""
    # Outside a transaction PgQueuer would commit by itself, and the task would outlive a rollback.
    if not connection.is_in_transaction():
        raise RuntimeError("tasks are enqueued inside a unit of work only")
    now = time.time()
    dues = [due(one.priority, now + seconds(one.after), one.lead) for one in orders]
    tenants = [None if one.after else one.tenant for one in orders]
    jobs = [one.headers["job"] for one in orders]
    places = await connection.fetch(PLACES, jobs, tenants, dues)
    ahead = [place["ahead"] + before for place, before in zip(places, among(dues, tenants), strict=True)]
    await Queries(AsyncpgDriver(connection)).enqueue(
        [one.name for one in orders],
        [one.payload for one in orders],
        [urgency(*place) for place in zip(dues, ahead, strict=True)],
        execute_after=[one.after for one in orders],
        headers=[
            {**one.headers, "attempt": str(place["attempt"])} | ({} if one.after else {"due": str(moment)})
            for one, place, moment in zip(orders, places, dues, strict=True)
        ],
    )


def seconds(after: timedelta | None) -> float:
    return after.total_seconds() if after else 0


def again(name: str, payload: bytes, headers: Mapping[str, object] | str) -> Ordered:
    """An order that was in the queue before, as it was found: it begins anew, behind what waits now."""
    known: Mapping[str, object] = json.loads(headers) if isinstance(headers, str) else headers
    kept = {key: str(value) for key, value in known.items() if key not in {"attempt", "due"}}
    return Ordered(name, payload, kept, priority_of(payload))


def priority_of(payload: bytes) -> Priority:
    """What was meant by an order; one that nobody can read is as urgent as most."""
    try:
        return Priority(json.loads(payload).get("priority", Priority.DEFAULT))
    except (ValueError, AttributeError):
        return Priority.DEFAULT
