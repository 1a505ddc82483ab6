"""The whole of Philo in a throw-away home, with instant adapters, and what its processes cost."""

from __future__ import annotations

import asyncio
import fcntl
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import asyncpg
import httpx
import psutil  # type: ignore[import-untyped]

from philo.stack import Endpoints, Stack, provision, record
from philo.stack.record import Record
from philo.stack.services import SERVICES, environment

INSTANT = {"analysis", "tts", "render"}
ALL = frozenset(spec.name for spec in SERVICES)
NOTHING: Mapping[str, str] = MappingProxyType({})
PRELOAD = "alter system set shared_preload_libraries = 'pg_stat_statements'"
STATEMENTS = "select coalesce(sum(calls), 0)::bigint from pg_stat_statements"
FACTS = "select count(*) from event"
OFTENEST = """
    select sum(calls)::bigint calls, round(sum(total_exec_time)::numeric) ms,
      left(regexp_replace(query, '\\s+', ' ', 'g'), 110) query
    from pg_stat_statements group by 3 order by 1 desc limit $1"""


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU, statements, facts: since the start, or between two looks."""

    services: float
    postgres: float
    kafka: float
    statements: int
    facts: int

    def __sub__(self, other: Cost) -> Cost:
        return Cost(*(getattr(self, name) - getattr(other, name) for name in self.__dataclass_fields__))


@dataclass
class Fleet:
    at: Endpoints
    stack: Stack
    processes: dict[str, subprocess.Popen[bytes]]

    async def cost(self) -> Cost:
        pids = {name: row.pid for name, row in self.stack.status().rows.items() if row.pid}
        facts = 0
        for url in self.at.databases.values():
            connection = await asyncpg.connect(url)
            facts += await connection.fetchval(FACTS)
            await connection.close()
        admin = await asyncpg.connect(provision.driver_url(self.at.database_admin_url))
        statements = await admin.fetchval(STATEMENTS)
        await admin.close()
        own = sum(cpu(process.pid) for process in self.processes.values())
        return Cost(own, cpu(pids["postgres"]), cpu(pids["kafka"]), statements, facts)

    def spent(self) -> dict[str, float]:
        """Seconds of CPU by service and by server, since each was started."""
        pids = {name: row.pid for name, row in self.stack.status().rows.items() if row.pid}
        pids |= {name: process.pid for name, process in self.processes.items()}
        return {name: cpu(pid) for name, pid in pids.items()}

    async def oftenest(self, count: int) -> list[tuple[int, float, str]]:
        """(calls, milliseconds, statement), the most frequent first."""
        admin = await asyncpg.connect(provision.driver_url(self.at.database_admin_url))
        rows = await admin.fetch(OFTENEST, count)
        await admin.close()
        return [(row["calls"], float(row["ms"]), row["query"]) for row in rows]


def cpu(pid: int) -> float:
    """Of a process, its children, and those of them that have ended."""
    family = [psutil.Process(pid)]
    family += family[0].children(recursive=True)
    spent = 0.0
    for member in family:
        try:
            times = member.cpu_times()
        except psutil.NoSuchProcess:
            continue
        spent += times.user + times.system
    root = family[0].cpu_times()
    return float(spent + root.children_user + root.children_system)


@asynccontextmanager
async def fleet(told: Mapping[str, str] = NOTHING, names: Collection[str] = ALL) -> AsyncIterator[Fleet]:
    """Up, ready and warm; everything is stopped and removed at the end. All these services are `told` these settings."""
    with tempfile.TemporaryDirectory(prefix="philo-bench-") as folder:
        lease = Path(folder) / "user.lock"
        stack = Stack(Path(folder) / ".philo", lease=lease)
        processes: dict[str, subprocess.Popen[bytes]] = {}
        user = lease.open("a")
        fcntl.flock(user, fcntl.LOCK_SH)  # whoever is killed lets go of it, and the servers stop
        try:
            at = await counted(stack)
            known = record.load(stack.home)
            assert known is not None
            await provision.databases(at, known)
            await provision.migrations(stack.home, at)
            processes |= {name: started(name, at, known, Path(folder), told) for name in names}
            await asyncio.gather(*(ready(name, at.services[name], Path(folder)) for name in names))
            yield Fleet(at, stack, processes)
        finally:
            for process in processes.values():
                process.terminate()
            for process in processes.values():
                process.wait(30)
            await asyncio.to_thread(stack.down)
            user.close()


async def counted(stack: Stack) -> Endpoints:
    """A stack whose PostgreSQL counts statements."""
    at = await asyncio.to_thread(stack.up, services=False)
    admin = await asyncpg.connect(provision.driver_url(at.database_admin_url))
    await admin.execute(PRELOAD)
    await admin.close()
    await asyncio.to_thread(stack.down)
    at = await asyncio.to_thread(stack.up, services=False)
    admin = await asyncpg.connect(provision.driver_url(at.database_admin_url))
    await admin.execute("create extension if not exists pg_stat_statements")
    await admin.close()
    return at


def started(name: str, at: Endpoints, known: Record, folder: Path, told: Mapping[str, str]) -> subprocess.Popen[bytes]:
    spec = next(spec for spec in SERVICES if spec.name == name)
    command = ["-m", "benchmarks.instant", name] if name in INSTANT else ["-m", spec.module]
    settings = os.environ | environment(spec, at, known) | {"LOG_LEVEL": "warning"} | dict(told)
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen([sys.executable, *command], env=settings, stdout=log, stderr=log)


async def ready(name: str, url: str, folder: Path, within: float = 90.0) -> None:
    """Raises TimeoutError with the last that the service has written."""
    deadline = time.monotonic() + within
    async with httpx.AsyncClient() as client:
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):  # it does not listen yet; the deadline tells when that is a failure
                if (await client.get(f"{url}/health/ready", timeout=5)).status_code == 200:
                    return
            await asyncio.sleep(0.1)
    written = await asyncio.to_thread((folder / f"{name}.log").read_text)
    raise TimeoutError(f"{name} did not become ready in {within} s:\n{written[-2000:]}")
