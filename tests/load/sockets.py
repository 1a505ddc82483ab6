"""Sockets at one replica of notify, and how late they hear: `python -m tests.load.sockets --sockets 5000 --seconds 20`.

The replica is a process of its own and is woken through Redis. News are written here, and every socket listens here, so
that one clock measures from the commit to the client. Servers, replica and clients share this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
import psutil  # type: ignore[import-untyped]
import uvloop
from redis.asyncio import Redis
from websockets.asyncio.client import ClientConnection, connect

from philo.stack import Endpoints
from philo.testing import shared_stack
from philo.testing_service import bearer, identity, migrated_database, settings_in
from philo_kernel.database import engine_for
from philo_kernel.http.server import serve
from philo_kernel.readiness import Started
from philo_notify.main import http
from philo_notify.settings import NotifySettings
from philo_notify.wakes import Wakes

sys.path.append(str(Path(__file__).parents[2] / "services/notify/tests"))
from notify_world import Story, Teller

CHANNEL = "load.feed"
AT_ONCE = 64


def replica(servers: Endpoints, database: str, port: Connection) -> None:
    uvloop.run(answering(servers, database, port))


async def answering(servers: Endpoints, database: str, port: Connection) -> None:
    """One replica, until it is killed; its callers are named in what they send."""
    engine = engine_for(database)
    wakes = Wakes(Redis.from_url(servers.redis), CHANNEL)
    app = http(NotifySettings(**settings_in(servers, database)), engine, httpx.AsyncClient(), wakes, Started())
    app.state.identity = identity(engine)
    async with serve(app, "127.0.0.1", 0) as chosen:
        port.send(chosen)
        await wakes.listen()


@contextmanager
def running(servers: Endpoints, database: str) -> Iterator[tuple[int, psutil.Process]]:
    """Its port and its process. Forked, so that it believes the tokens that are signed here."""
    ours, theirs = multiprocessing.get_context("fork").Pipe()
    process = multiprocessing.get_context("fork").Process(target=replica, args=(servers, database, theirs))
    process.start()
    try:
        yield ours.recv(), psutil.Process(process.pid)
    finally:
        process.kill()
        process.join()


class Crowd:
    """Everybody who listens. `late` is seconds from a commit to each client."""

    def __init__(self, port: int) -> None:
        self.port, self.late = port, list[float]()
        self.told: dict[tuple[object, object], float] = {}
        self.open: list[ClientConnection] = []
        self.gate = asyncio.Semaphore(AT_ONCE)

    async def join(self, user: str) -> None:
        url = f"ws://127.0.0.1:{self.port}/api/v1/realtime/ws?after=2"
        async with self.gate:
            headers = bearer(user)
            self.open.append(
                await connect(url, additional_headers=headers, compression=None, ping_interval=None, proxy=None)
            )

    async def hear(self, socket: ClientConnection) -> None:
        async for text in socket:
            job = json.loads(text).get("job", {})
            if told := self.told.get((job.get("id"), job.get("version"))):
                self.late.append(time.perf_counter() - told)


@asynccontextmanager
async def telling(servers: Endpoints, database: str, users: int) -> AsyncIterator[list[tuple[Teller, Story]]]:
    """A job for each user, and what tells of it."""
    engine = engine_for(database)
    async with Redis.from_url(servers.redis) as redis:
        wakes = Wakes(redis, CHANNEL)
        part = asyncio.create_task(wakes.tell())
        tellers = [Teller(engine, wakes, f"user-{number}") for number in range(users)]
        stories = [await teller.begun() for teller in tellers]
        yield list(zip(tellers, stories, strict=True))
        part.cancel()
    await engine.dispose()


async def drive(servers: Endpoints, database: str, wanted: argparse.Namespace) -> None:
    with running(servers, database) as (port, process):
        async with telling(servers, database, wanted.users) as told:
            crowd, before = Crowd(port), process.memory_info().rss
            await asyncio.gather(*(crowd.join(f"user-{at % wanted.users}") for at in range(wanted.sockets)))
            each = (process.memory_info().rss - before) / wanted.sockets
            hearing = [asyncio.create_task(crowd.hear(socket)) for socket in crowd.open]
            count = await tell(told, crowd, wanted)
            await asyncio.sleep(3)
            for task in hearing:
                task.cancel()
            show(wanted, crowd, count, each)


async def tell(told: list[tuple[Teller, Story]], crowd: Crowd, wanted: argparse.Namespace) -> int:
    """So many news a second, one user after another. How many messages that should become."""
    for teller, story in told:
        await teller.hears(story.planned())
    began, each = time.perf_counter(), wanted.sockets // wanted.users
    count = wanted.rate * wanted.seconds
    for number in range(count):
        teller, story = told[number % len(told)]
        await asyncio.sleep(max(0.0, began + number / wanted.rate - time.perf_counter()))
        news = story.progress(number % 1000 + 1)
        crowd.told[story.job, story.version] = time.perf_counter()
        await teller.hears([news])
    return count * each


def show(wanted: argparse.Namespace, crowd: Crowd, count: int, each: float) -> None:
    cuts = statistics.quantiles(crowd.late, n=100)
    print(f"{psutil.cpu_count()} cores, Python {platform.python_version()}, load {psutil.getloadavg()[0]:.1f}")
    print(f"{wanted.sockets} sockets of {wanted.users} users, {wanted.rate} news a second for {wanted.seconds} s")
    print(f"heard {len(crowd.late)} of {count}; p50 {1000 * cuts[49]:.0f} ms, p99 {1000 * cuts[98]:.0f} ms")
    print(f"{each / 1024:.0f} KiB of the replica's memory a socket")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=5_000)
    parser.add_argument("--users", type=int, default=1_000)
    parser.add_argument("--rate", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=20)
    wanted = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="philo-load-") as folder,
        shared_stack(Path(folder)) as servers,
        migrated_database(servers, "notify") as database,
    ):
        uvloop.run(drive(servers, database, wanted))


if __name__ == "__main__":
    main()
