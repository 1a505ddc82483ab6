"""How many films may be asked for at once: `POST /jobs` at rising rates, whether or not answers keep up.

Requests leave when they are due (an open loop), and an answer's time counts from then, so that a server that falls
behind cannot hide it. Services, servers and driver share this machine; everything is on 127.0.0.1 and lasts less than a
minute. Run by `make bench-load`; `--alone` leaves out the services that make films, so that only accepting is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import platform
import secrets
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil  # type: ignore[import-untyped]
import uvloop

from benchmarks.fleet import ALL, Fleet, fleet

RATES = (25, 50, 100, 200, 300, 500)
USERS = 20
CONNECTIONS = 128
PATIENCE = 8.0
"""Seconds: what has no answer by then counts as none."""
ENOUGH = 1.0
"""Seconds of the 95th percentile beyond which a faster rate tells nothing more."""
UNLIMITED = {f"RATE_LIMIT_{what}": "off" for what in ("READS", "WRITES", "LOGINS", "ADDRESS")} | {
    "QUEUE_LIMIT": "1000000"
}
HEAD = (
    "| offered a second | accepted a second | p50 / p95 / p99 ms | not accepted | CPU ms a request: gateway + PostgreSQL"
    " + Kafka + others + driver | cores |\n| --- | --- | --- | --- | --- | --- |"
)
MINUTES = "[free]\nvideo_minutes = 1000000\n"


class Line:
    """One kept connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def ask(self, request: bytes) -> int:
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        await self.reader.readexactly(length)
        return int(head.split(b" ", 2)[1])


@dataclass
class Client:
    """Many users over a bounded number of connections; who finds none free waits, and that counts."""

    host: str
    port: int
    tokens: list[str]
    idle: asyncio.LifoQueue[Line] = field(default_factory=asyncio.LifoQueue)
    asked: int = 0

    async def connect(self) -> None:
        for _ in range(CONNECTIONS):
            self.idle.put_nowait(await self.line())

    async def line(self) -> Line:
        return Line(*await asyncio.open_connection(self.host, self.port))

    def request(self) -> bytes:
        self.asked += 1
        body = json.dumps(
            {"script": f"Script number {self.asked} of {secrets.token_hex(4)}.", "title": "Load"}
        ).encode()
        token = self.tokens[self.asked % len(self.tokens)]
        head = (
            f"POST /api/v1/jobs HTTP/1.1\r\nHost: {self.host}\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    async def one(self, due: float, told: Told) -> None:
        line = await self.idle.get()
        try:
            if line.reader.at_eof():  # nobody had used it for a while
                line = await self.line()
            async with asyncio.timeout(PATIENCE):
                told.statuses[await line.ask(self.request())] += 1
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            told.statuses[0] += 1
            line.writer.close()
            line = await self.line()
        finally:
            self.idle.put_nowait(line)
        told.seconds.append(time.perf_counter() - due)


@dataclass
class Told:
    """What came of one rate."""

    offered: int
    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    lasted: float = 0.0

    @property
    def reached(self) -> float:
        """Accepted jobs a second, until the last of them was answered."""
        return self.statuses[202] / self.lasted

    def percentile(self, share: int) -> float:
        return statistics.quantiles(self.seconds, n=100)[share - 1]


async def at_rate(client: Client, rate: int, lasts: float) -> Told:
    told, began = Told(rate), time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(round(rate * lasts)):
            due = began + number / rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            group.create_task(client.one(due, told))
    told.lasted = time.perf_counter() - began
    return told


@asynccontextmanager
async def clients(running: Fleet) -> AsyncIterator[Client]:
    """Twenty people who have registered."""
    at = urlsplit(running.at.gateway)
    async with httpx.AsyncClient(base_url=running.at.gateway, timeout=60) as http:
        tokens = [await registered(http) for _ in range(USERS)]
    client = Client(str(at.hostname), int(at.port or 80), tokens)
    await client.connect()
    try:
        yield client
    finally:
        while not client.idle.empty():
            client.idle.get_nowait().writer.close()


async def registered(http: httpx.AsyncClient) -> str:
    name = secrets.token_hex(4)
    body = {"email": f"{name}@philo.example", "username": name, "password": secrets.token_hex(12)}
    return str((await http.post("/api/v1/auth/register", json=body)).raise_for_status().json()["access_token"])


def spent(running: Fleet) -> defaultdict[str, float]:
    """Seconds of CPU, by who spent them; those who make films are one."""
    found: defaultdict[str, float] = defaultdict(float)
    for name, seconds in (running.spent() | {"driver": own()}).items():
        found[name if name in {"gateway", "postgres", "kafka", "driver"} else "others"] += seconds
    return found


def own() -> float:
    """The driver's own; the services are its children, and counted by themselves."""
    times = psutil.Process().cpu_times()
    return float(times.user + times.system)


def row(told: Told, used: Mapping[str, float]) -> str:
    times = " / ".join(f"{1000 * told.percentile(share):.0f}" for share in (50, 95, 99))
    shares = " + ".join(
        f"{1000 * used[name] / told.statuses.total():.1f}"
        for name in ("gateway", "postgres", "kafka", "others", "driver")
    )
    refused = ", ".join(
        f"{count} × {status or 'no answer'}" for status, count in told.statuses.items() if status != 202
    )
    cores = sum(used.values()) / told.lasted
    return f"| {told.offered} | {told.reached:.0f} | {times} | {refused or 0} | {shares} | {cores:.1f} |"


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alone", action="store_true", help="Only gateway and auth run: nobody makes the films.")
    parser.add_argument("--rates", type=lambda said: [int(rate) for rate in said.split(",")], default=list(RATES))
    parser.add_argument("--seconds", type=float, default=5.0, help="Of each rate.")
    parser.add_argument(
        "--statements", type=int, default=0, help="Also show this many of the most frequent statements."
    )
    wanted = parser.parse_args()
    if wanted.seconds * len(wanted.rates) > 40:
        parser.error("the whole is bounded: rates times seconds may be 40 at the most")
    names = ("gateway", "auth") if wanted.alone else ALL
    with tempfile.TemporaryDirectory() as folder:
        tiers = Path(folder) / "tiers.toml"
        await asyncio.to_thread(tiers.write_text, MINUTES)
        async with fleet(UNLIMITED | {"TIERS": str(tiers)}, names) as running, clients(running) as client:
            await measure(running, client, wanted)


async def measure(running: Fleet, client: Client, wanted: argparse.Namespace) -> None:
    machine = f"{psutil.cpu_count()} cores, Python {platform.python_version()}"
    print(
        f"{machine}, load {psutil.getloadavg()[0]:.1f}, {'gateway and auth alone' if wanted.alone else 'all services'}"
    )
    await at_rate(client, 20, 2.0)  # warm
    print(HEAD)
    for rate in wanted.rates:
        before = spent(running)
        told = await at_rate(client, rate, wanted.seconds)
        after = spent(running)
        print(row(told, {name: after[name] - before[name] for name in after}), flush=True)
        if told.percentile(95) > ENOUGH:
            break
    for calls, milliseconds, statement in await running.oftenest(wanted.statements):
        print(f"{calls:8} {milliseconds:8.0f} ms  {statement}")


if __name__ == "__main__":
    uvloop.run(main())
