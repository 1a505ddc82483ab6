"""How many transactions a second one PostgreSQL server commits, with and without NOTIFY, fsync on.

Every commit that notifies holds one lock of the whole server until it is on disk, whichever database it is in; others
share their way to the disk. So this, and not rows, is where a server ends. Run by `make bench-commits`.
"""

from __future__ import annotations

import asyncio
import fcntl
import tempfile
import time
from pathlib import Path

import asyncpg

from philo.stack import Stack
from philo.stack.provision import driver_url
from philo.testing import fresh_database

SECONDS = 4.0
WRITERS = (1, 4, 16, 48)
TABLE = "create table if not exists written(id bigint generated always as identity, what text)"
WAYS = {
    "without": "insert into written(what) values ('a fact')",
    "with NOTIFY": "with fact as (insert into written(what) values ('a fact') returning 1)"
    " select pg_notify('o', '') from fact",
}


async def committed(url: str, statement: str, until: float) -> int:
    connection = await asyncpg.connect(driver_url(url))
    done = 0
    try:
        while time.monotonic() < until:
            await connection.execute(statement)
            done += 1
    finally:
        await connection.close()
    return done


async def rate(urls: list[str], statement: str, writers: int) -> float:
    """Commits a second, writers shared out over the databases."""
    until = time.monotonic() + SECONDS
    done = await asyncio.gather(*(committed(urls[number % len(urls)], statement, until) for number in range(writers)))
    return sum(done) / SECONDS


async def measured(urls: list[str]) -> None:
    for url in urls:
        connection = await asyncpg.connect(driver_url(url))
        await connection.execute(TABLE)
        await connection.close()
    print("| writers over two databases |", " | ".join(f"commits/s {way}" for way in WAYS), "|")
    print("| --- | --- | --- |")
    for writers in WRITERS:
        figures = [await rate(urls, statement, writers) for statement in WAYS.values()]
        print(f"| {writers} |", " | ".join(f"{figure:,.0f}" for figure in figures), "|", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="philo-commits-") as folder, (Path(folder) / "user.lock").open("a") as user:
        stack = Stack(Path(folder) / ".philo", lease=Path(user.name))
        fcntl.flock(user, fcntl.LOCK_SH)  # whoever is killed lets go of it, and the servers stop
        try:
            at = stack.up(services=False)
            with fresh_database(at) as one, fresh_database(at) as other:
                asyncio.run(measured([one, other]))
        finally:
            stack.down()


if __name__ == "__main__":
    main()
