"""All databases at one moment, though none of them knows of the others.

Each is read in a snapshot of its own, and then asked how many facts it has now. Facts are never taken back: where all have
as many as were read, nothing was said between the last snapshot and the first answer, and what was read is what all of them
had at that moment. A fact is said after its cause, so none is in it without its cause.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack

import asyncpg

from philo.stack.errors import StackError
from philo_kernel.replay.recording import Recording

TRIES = 10
SAID = "select count(*) from event where key = $1"


async def at_one_moment(
    connections: Mapping[str, asyncpg.Connection], job: str, read: Callable[[], Awaitable[Recording]]
) -> Recording:
    """What `read` finds over these connections while nothing is said of the job. Raises `StackError` where that is never."""
    for _ in range(TRIES):
        async with AsyncExitStack() as snapshots:
            for connection in connections.values():
                await snapshots.enter_async_context(connection.transaction(isolation="repeatable_read", readonly=True))
            found = await read()
        said = [await connection.fetchval(SAID, job) for connection in connections.values()]
        if sum(said) == len(found.facts):
            return found
    raise StackError(
        f"Something was said of job {job} each of the {TRIES} times that it was read, and facts would be without their "
        "causes. Record it when it rests: at its end, or while it waits."
    )
