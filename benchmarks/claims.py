"""What it costs to claim and to order a task while few or many wait: flat, or the queue would choke on its own length.

Over one throw-away PostgreSQL: tasks of a hundred tenants lie in the queue, and as they are claimed others take their
places. Told as ratios to the shortest queue. Run by `make bench-claims`.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
from pgqueuer.db import AsyncpgDriver
from pgqueuer.ports.repository import EntrypointExecutionParameter
from pgqueuer.queries import Queries
from pgqueuer.types import JobId, QueueEntrypoint, QueueManagerId

from philo.testing import fresh_database, shared_stack
from philo_contracts.shapes import Priority
from philo_kernel.data_keys import SEALED
from philo_kernel.enqueue import Ordered, enqueue
from philo_kernel.tables import CANCELLED, DEAD_LETTERS, FACTS, INBOX, LIVES, OUTBOX, QUEUE, TOOK

WAITING = (10, 1_000, 10_000)
TENANTS = 100
ROUNDS = 150
LEASE = timedelta(seconds=10)
NUMBERS = count()


def order(tenant: str) -> Ordered:
    number = next(NUMBERS)
    return Ordered("Draw", b"{}", {"job": f"job-{number}", "tenant": tenant}, list(Priority)[number % 3])


def orders(many: int) -> list[Ordered]:
    return [order(f"tenant-{number % TENANTS}") for number in range(many)]


async def filled(connection: Any, many: int) -> None:
    await connection.execute("truncate pgqueuer")
    for _ in range(0, many, 500):
        async with connection.transaction():
            await enqueue(connection, orders(min(500, many)))
    await connection.execute("vacuum analyze pgqueuer")


async def seconds(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


async def measured(connection: Any, many: int) -> tuple[float, float]:
    """Median seconds of one claim, and of ordering one task, with `many` waiting."""
    await filled(connection, many)
    queries, manager = Queries(AsyncpgDriver(connection)), QueueManagerId(uuid4())
    taking = {QueueEntrypoint("Draw"): EntrypointExecutionParameter(concurrency_limit=0)}

    async def claim() -> None:
        (job,) = await queries.dequeue(1, taking, manager, None, LEASE)
        done.append(job.id)

    async def place() -> None:
        async with connection.transaction():
            await enqueue(connection, orders(1))

    claims, places = [], []
    done: list[JobId] = []
    for _ in range(ROUNDS):
        claims.append(await seconds(claim))
        await connection.execute("delete from pgqueuer where id = $1", done.pop())
        places.append(await seconds(place))
    return statistics.median(claims), statistics.median(places)


async def run(url: str) -> None:
    connection = await asyncpg.connect(url)
    for statements in (FACTS, OUTBOX, INBOX, DEAD_LETTERS, CANCELLED, *QUEUE, LIVES, SEALED, TOOK):
        await connection.execute(statements)
    await measured(connection, WAITING[0])  # warm
    found = {many: await measured(connection, many) for many in WAITING}
    await connection.close()
    first = found[WAITING[0]]
    print("waiting    claim        order")
    for many, figures in found.items():
        cells = (f"{figure * 1000:5.2f} ms ×{figure / base:4.2f}" for figure, base in zip(figures, first, strict=True))
        print(f"{many:7,d}  " + "  ".join(cells))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, shared_stack(Path(folder)) as servers, fresh_database(servers) as url:
        asyncio.run(run(url))


if __name__ == "__main__":
    main()
