"""The whole of Philo with faulty adapters: its processes, some of which are killed on the way."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx

from philo.stack import Endpoints, Stack, ports, provision, record
from philo.stack.record import Record
from philo.stack.services import SERVICES, environment

ROOT = Path(__file__).parents[2]
FAULTY = {"analysis", "tts", "render"}
MONEY = {"PAID_PROVIDERS": '["text/openai/gpt-4o-mini"]', "BUDGET_PER_MONTH": "100000"}
UNLIMITED = {f"RATE_LIMIT_{what}": "off" for what in ("READS", "WRITES", "LOGINS", "ADDRESS")} | {"QUEUE_LIMIT": "9999"}
MINUTES = "[free]\nvideo_minutes = 1000000\n"
HASTE = {"RETRY_DELAY_SECONDS": "0.2", "LOG_LEVEL": "error"}


class Crowd:
    """Six services, by name."""

    def __init__(self, at: Endpoints, known: Record, folder: Path, seed: int) -> None:
        self.at, self.known, self.folder, self.dice = at, known, folder, random.Random(seed)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        tiers = folder / "tiers.toml"
        tiers.write_text(MINUTES)
        self.told = UNLIMITED | MONEY | HASTE | {"TIERS": str(tiers), "PHILO_VERIFY_SEED": str(seed)}
        self.kills = 0

    async def start(self, *names: str) -> None:
        for name in names:
            self.processes[name] = self.started(name)
        await asyncio.gather(*(self.ready(name) for name in names))

    async def ready(self, name: str) -> None:
        """Raises RuntimeError with what the service has written last, if it has ended."""
        async with asyncio.timeout(120), httpx.AsyncClient(base_url=self.at.services[name], timeout=5) as client:
            answered = False
            while not answered:
                answered = await answers(client)
                if self.processes[name].poll() is not None:  # whoever has answered then is a stranger at its port
                    raise RuntimeError((self.folder / f"{name}.log").read_text()[-3000:])
                await asyncio.sleep(0.1)

    def started(self, name: str) -> subprocess.Popen[bytes]:
        spec = next(spec for spec in SERVICES if spec.name == name)
        command = ["tests.verify.faulty", name] if name in FAULTY else [spec.module]
        settings = os.environ | environment(spec, self.at, self.known) | self.told
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen([sys.executable, "-m", *command], env=settings, cwd=ROOT, stdout=log, stderr=log)

    async def kill_now_and_then(self, times: int) -> None:
        """With -9, one service at a time; each is up again before the next one dies."""
        for _ in range(times):
            await asyncio.sleep(self.dice.uniform(1, 4))
            name = self.dice.choice(["analysis", "tts", "render", "notify", "gateway"])
            self.processes[name].kill()
            await asyncio.to_thread(self.processes[name].wait)
            await self.start(name)
            self.kills += 1

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(30)


async def answers(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/health/ready")).status_code == 200
    except httpx.TransportError:
        return False


def at_own_ports(at: Endpoints, known: Record) -> tuple[Endpoints, Record]:
    """Ports that no other stack of this machine would choose before: the services of one may start later than it chose."""
    chosen: dict[str, int] = {}
    for spec in SERVICES:
        chosen[spec.name] = ports.choose(None, {*known.ports.values(), *chosen.values()})
    urls = {name: f"http://{ports.LOOPBACK}:{port}" for name, port in chosen.items()}
    return replace(at, services=urls), replace(known, ports=known.ports | chosen)


@asynccontextmanager
async def crowd(home: Path, at: Endpoints, seed: int) -> AsyncIterator[Crowd]:
    """Up and ready, in databases of its own."""
    known = record.load(Stack(home).home)
    assert known is not None
    at, known = at_own_ports(at, known)
    await provision.databases(at, known)
    await provision.migrations(Stack(home).home, at)
    folder = home / "logs"
    running = Crowd(at, known, folder, seed)
    try:
        await running.start(*(spec.name for spec in SERVICES))
        yield running
    finally:
        await asyncio.to_thread(running.stop)
