"""Looks at the clocks: tokens, signed links and leases all depend on them being about the same."""

import time

import asyncpg
from redis.asyncio import Redis

from philo.doctor.finding import Finding, fine, note, wrong
from philo.stack import Endpoints
from philo.stack.provision import driver_url

NOTICED, TOO_MUCH = 1.0, 10.0
"""Seconds. From the latter on leases of tasks, which last ten, are judged wrongly."""
ADVICE = "Have the clocks of all machines set by NTP."


async def look(at: Endpoints) -> Finding:
    """By how much the servers' clocks differ from ours."""
    connection = await asyncpg.connect(driver_url(at.database_admin_url), timeout=5)
    try:
        began = time.time()
        database = float(await connection.fetchval("select extract(epoch from clock_timestamp())"))
        skews = {"PostgreSQL": database - (began + time.time()) / 2}
    finally:
        await connection.close()
    async with Redis.from_url(at.redis) as redis:
        began = time.time()
        seconds, micros = await redis.time()
        skews["Redis"] = seconds + micros / 1e6 - (began + time.time()) / 2
    return judged(skews)


def judged(skews: dict[str, float]) -> Finding:
    """`skews` are seconds by which servers are ahead of this machine. Pure."""
    name, skew = max(skews.items(), key=lambda one: abs(one[1]))
    words = f"{name} is {abs(skew):.1f} s {'ahead of' if skew > 0 else 'behind'} this machine"
    if abs(skew) >= TOO_MUCH:
        return wrong("clocks", words, ADVICE)
    if abs(skew) >= NOTICED:
        return note("clocks", words, ADVICE)
    return fine("clocks", "agree to the second")
