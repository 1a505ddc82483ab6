"""Two replicas of notify, of which one is killed again and again: `python -m tests.load.reconnecting --seconds 300`.

Clients stay with nobody: whoever loses a stream comes to the next replica with the last id they have. What each of them
heard is compared with what was said: every number once, in order, and of every job every version.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import uvloop
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from philo.stack import Endpoints
from philo.testing import shared_stack
from philo.testing_service import bearer, migrated_database
from tests.load.replicas import Gateway, Replica, gateway, running

sys.path.append(str(Path(__file__).parents[2] / "services/notify/tests"))
from notify_world import Story

RETRY = 0.2
"""Seconds until a client that was turned away tries the next replica."""
SILENT = frozenset({"heartbeat", "queue.metrics"})
"""Messages that are no news: they carry the last number again."""


@dataclass(frozen=True)
class Profile:
    """How many users with so many streams each, how many facts a second in all, and seconds between two kills."""

    users: int = 40
    streams: int = 5
    rate: float = 20
    seconds: float = 300
    every: float = 10
    patience: float = 120
    """Seconds in which all that was said has to be heard, after the last of it."""


@dataclass
class Client:
    """Somebody who listens, wherever they are let in, until they have heard `all` that there is."""

    user: str
    ports: Sequence[int]
    all: int | None = None
    last: int = 0
    opened: int = 0
    versions: dict[str, int] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    async def listen(self) -> None:
        """Until all was heard."""
        for port in cycle(self.ports):
            url = f"ws://127.0.0.1:{port}/api/v1/realtime/ws?after={self.last}"
            try:
                async with connect(url, additional_headers=bearer(self.user), compression=None, proxy=None) as socket:
                    self.opened += 1
                    async for text in socket:
                        self.hear(json.loads(text))
                        if self.last == self.all:
                            return
            except (ConnectionClosed, InvalidHandshake, OSError, TimeoutError):
                await asyncio.sleep(RETRY)

    def hear(self, message: dict) -> None:
        number = int(message["id"])
        expected = self.last if message["event"] in SILENT else self.last + 1
        if number > expected or message["event"] == "restart":
            self.gaps.append(f"{message['event']} {number} after {self.last}")
        elif number < expected:
            self.doubled.append(f"{message['event']} {number} after {self.last}")
        self.last = number
        if message["event"] not in SILENT:
            self.follow(message["job"]["id"], message["job"]["version"])

    def follow(self, job: str, version: int) -> None:
        before = self.versions.get(job, 0)
        if version != before + 1:
            (self.gaps if version > before else self.doubled).append(f"{job} version {version} after {before}")
        self.versions[job] = version


@dataclass
class Outcome:
    kills: int
    facts: int
    clients: list[Client]

    @property
    def gaps(self) -> list[str]:
        return [gap for client in self.clients for gap in client.gaps]

    @property
    def doubled(self) -> list[str]:
        return [one for client in self.clients for one in client.doubled]

    @property
    def heard(self) -> int:
        return sum(client.last for client in self.clients)

    @property
    def unheard(self) -> int:
        return sum((client.all or 0) - client.last for client in self.clients)

    @property
    def returns(self) -> int:
        return sum(client.opened - 1 for client in self.clients)


async def ordeal(servers: Endpoints, database: str, profile: Profile, logs: Path) -> Outcome:
    async with AsyncExitStack() as stack:
        replicas = await stack.enter_async_context(running(servers, database, 2, logs))
        said = await stack.enter_async_context(gateway(servers, database))
        stories = [Story(f"user-{at}") for at in range(profile.users)]
        clients = [Client(story.user, ports_from(replicas, at)) for at, story in enumerate(stories * profile.streams)]
        kills: list[float] = []
        async with asyncio.TaskGroup() as group:
            listening = [group.create_task(client.listen()) for client in clients]
            killing = group.create_task(kill(replicas, profile.every, kills))
            await tell(said, stories, profile)
            killing.cancel()
            await end(said, stories, clients)
            await asyncio.wait(listening, timeout=profile.patience)
            for task in listening:
                task.cancel()
        return Outcome(len(kills), sum(story.version for story in stories), clients)


def ports_from(replicas: Sequence[Replica], at: int) -> list[int]:
    first = at % len(replicas)
    return [replica.port for replica in (*replicas[first:], *replicas[:first])]


async def kill(replicas: Sequence[Replica], every: float, kills: list[float]) -> None:
    """One after another, each begun again at once."""
    for replica in cycle(replicas):
        await asyncio.sleep(every)
        replica.kill()
        kills.append(time.time())
        replica.start()


async def tell(said: Gateway, stories: list[Story], profile: Profile) -> None:
    """The beginning of each job, then its progress, evenly over the time."""
    for story in stories:
        await said.says([*story.beginning(), *story.planned()])
    began, number = time.perf_counter(), 0
    while (now := time.perf_counter() - began) < profile.seconds:
        await asyncio.sleep(max(0.0, number / profile.rate - now))
        await said.says([stories[number % len(stories)].progress(number % 1000 + 1)])
        number += 1


async def end(said: Gateway, stories: list[Story], clients: list[Client]) -> None:
    """One more fact, with which everybody has heard all."""
    last = {story.user: story.version + 1 for story in stories}
    for client in clients:
        client.all = last[client.user]
    await said.says(story.cancelled() for story in stories)


def show(outcome: Outcome, profile: Profile) -> None:
    print(f"{len(outcome.clients)} streams of {profile.users} users at two replicas, {profile.seconds:.0f} s")
    print(f"{outcome.kills} times one was killed; clients came back {outcome.returns} times")
    print(f"{outcome.facts} facts became {outcome.heard} messages; {outcome.unheard} were not heard")
    print(f"gaps: {len(outcome.gaps)} {outcome.gaps[:5]}; doubled by id: {len(outcome.doubled)} {outcome.doubled[:5]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--every", type=float, default=10)
    parser.add_argument("--rate", type=float, default=20)
    wanted = parser.parse_args()
    profile = Profile(**vars(wanted))
    with (
        tempfile.TemporaryDirectory(prefix="philo-load-") as folder,
        shared_stack(Path(folder)) as servers,
        migrated_database(servers, "notify") as database,
    ):
        outcome = uvloop.run(ordeal(servers, database, profile, Path(folder)))
    show(outcome, profile)
    raise SystemExit(1 if outcome.gaps or outcome.doubled or outcome.unheard else 0)


if __name__ == "__main__":
    main()
