"""Sockets at one replica of notify, and how late they hear: `python -m tests.load.sockets --sockets 5000 --seconds 20`.

The replica is the service as it runs anywhere: it hears facts over Kafka, writes the feed, and sends to the sockets. The
time counts from the moment when gateway says a fact, which is told in the message, until a client has it. Servers, replica
and clients share this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import platform
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import uvloop
from websockets.asyncio.client import ClientConnection, connect

from philo.stack import Endpoints
from philo.testing import shared_stack
from philo.testing_service import bearer, migrated_database
from tests.load.replicas import Gateway, Replica, gateway, running

sys.path.append(str(Path(__file__).parents[2] / "services/notify/tests"))
from notify_world import Story

AT_ONCE = 64
BEGUN = 5
"""Facts that a job has before the clock starts."""


class Crowd:
    """Everybody who listens. `late` is seconds from a fact to each client."""

    def __init__(self, port: int) -> None:
        self.port, self.late = port, list[float]()
        self.open: list[ClientConnection] = []
        self.gate = asyncio.Semaphore(AT_ONCE)

    async def join(self, user: str) -> None:
        url = f"ws://127.0.0.1:{self.port}/api/v1/realtime/ws?after={BEGUN}"
        async with self.gate:
            headers = bearer(user)
            self.open.append(
                await connect(url, additional_headers=headers, compression=None, ping_interval=None, proxy=None)
            )

    async def hear(self, socket: ClientConnection) -> None:
        async for text in socket:
            message = json.loads(text)
            if message["event"] == "job.progress":
                self.late.append(time.time() - datetime.fromisoformat(message["at"]).timestamp())


async def drive(servers: Endpoints, database: str, wanted: argparse.Namespace, logs: Path) -> None:
    async with AsyncExitStack() as stack:
        [replica] = await stack.enter_async_context(running(servers, database, 1, logs))
        said = await stack.enter_async_context(gateway(servers, database))
        stories = [Story(f"user-{number}") for number in range(wanted.users)]
        await said.says(fact for story in stories for fact in (*story.beginning(), *story.planned()))
        await said.heard(BEGUN * wanted.users)
        crowd, before = Crowd(replica.port), replica.statistics.memory_info().rss
        await asyncio.gather(*(crowd.join(stories[at % wanted.users].user) for at in range(wanted.sockets)))
        each = (replica.statistics.memory_info().rss - before) / wanted.sockets
        gc.freeze()  # the clients' own garbage is not what is measured
        hearing = [asyncio.create_task(crowd.hear(socket)) for socket in crowd.open]
        await measure(said, stories, crowd, replica, wanted, each)
        for task in hearing:
            task.cancel()


async def measure(
    said: Gateway, stories: list[Story], crowd: Crowd, replica: Replica, wanted: argparse.Namespace, each: float
) -> None:
    began, worked = time.perf_counter(), cpu(replica.statistics)
    count = await tell(said, stories, wanted)
    took, worked = time.perf_counter() - began, cpu(replica.statistics) - worked
    await all_heard(crowd, count)
    show(wanted, crowd, count)
    after = (replica.statistics.memory_info().rss) / 2**20
    print(f"{each / 1024:.0f} KiB of the replica's memory a silent socket, {after:.0f} MiB in all at the end")
    print(f"the replica used {100 * worked / took:.0f} % of a core; load {psutil.getloadavg()[0]:.1f}")


def cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def tell(said: Gateway, stories: list[Story], wanted: argparse.Namespace) -> int:
    """So many news a second, of one user after another. How many messages that should become."""
    began, each = time.perf_counter(), wanted.sockets // wanted.users
    count = wanted.rate * wanted.seconds
    for number in range(count):
        await asyncio.sleep(max(0.0, began + number / wanted.rate - time.perf_counter()))
        await said.says([stories[number % len(stories)].progress(number % 1000 + 1)])
    return count * each


async def all_heard(crowd: Crowd, count: int) -> None:
    """Or as much of it as comes within ten seconds."""
    until = time.perf_counter() + 10
    while len(crowd.late) < count and time.perf_counter() < until:  # noqa: ASYNC110 - what comes is counted, not told
        await asyncio.sleep(0.1)


def show(wanted: argparse.Namespace, crowd: Crowd, count: int) -> None:
    cuts = statistics.quantiles(crowd.late, n=100)
    print(f"{psutil.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{wanted.sockets} sockets of {wanted.users} users, {wanted.rate} news a second for {wanted.seconds} s")
    print(f"heard {len(crowd.late)} of {count}; p50 {1000 * cuts[49]:.0f} ms, p99 {1000 * cuts[98]:.0f} ms")


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
        uvloop.run(drive(servers, database, wanted, Path(folder)))


if __name__ == "__main__":
    main()
