"""Who can be killed, and how one finds exactly that process: only those of the stack under test."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from dataclasses import dataclass, field

import psutil

from philo.stack import Stack, State, processes

SERVERS = ("postgres", "kafka", "valkey", "s3")
SERVICES = ("gateway", "auth", "analysis", "tts", "render", "notify")
CHILDREN = ("a child of tts", "a child of render")
TARGETS = (*SERVERS, *SERVICES, *CHILDREN)


@dataclass(frozen=True)
class Profile:
    """How much is asked for, how often somebody is killed (seconds between two kills), and after how many seconds films
    that are not made count as lost."""

    jobs: int
    every: tuple[float, float]
    patience: float
    kills: int | None = None
    """None: until all films are made."""


SHORT = Profile(jobs=6, every=(0.5, 3.0), patience=240, kills=4)
FULL = Profile(jobs=20, every=(2.0, 4.0), patience=1200)


@dataclass
class Reaper:
    """Kills with -9, as its seed has it. `log` tells when (seconds), whom, and who went with them."""

    stack: Stack
    dice: random.Random
    began: float = field(default_factory=time.monotonic)
    log: list[str] = field(default_factory=list)
    orphans: list[psutil.Process] = field(default_factory=list)

    async def run(self, profile: Profile) -> None:
        """Until the profile's kills are done, or until cancelled."""
        round_ = self.dice.sample(TARGETS, len(TARGETS))
        while profile.kills is None or len(self.log) < profile.kills:
            await asyncio.sleep(self.dice.uniform(*profile.every))
            target = round_.pop()
            round_ = round_ or self.dice.sample(TARGETS, len(TARGETS))
            await self.kill(target)

    async def kill(self, target: str) -> None:
        """Wait for the victim to be there, so that every kill counts."""
        victim = await until_found(self.stack, target, self.dice)
        children = victim.children(recursive=True)
        self.orphans += children
        os.kill(victim.pid, signal.SIGKILL)
        self.log.append(
            f"{time.monotonic() - self.began:6.1f} s  {target} (pid {victim.pid}, {len(children)} children)"
        )

    def survivors(self) -> list[psutil.Process]:
        """Children of the killed that still run."""
        return [process for process in self.orphans if process.is_running() and process.status() != "zombie"]


async def until_found(stack: Stack, target: str, dice: random.Random) -> psutil.Process:
    async with asyncio.timeout(120):
        while (victim := found(stack, target, dice)) is None:  # noqa: ASYNC110 - in another process
            await asyncio.sleep(0.05)
    return victim


def found(stack: Stack, target: str, dice: random.Random) -> psutil.Process | None:
    """The process, if it is up; of children, one that works."""
    row = stack.status().rows[target.removeprefix("a child of ")]
    if (
        row.state is not State.READY
        or row.pid is None
        or row.start is None
        or not processes.is_same(row.pid, row.start)
    ):
        return None
    try:
        process = psutil.Process(row.pid)
        if target not in CHILDREN:
            return process
        working = [child for child in process.children() if busy(child)]
        return dice.choice(working) if working else None
    except psutil.NoSuchProcess:
        return None


def busy(child: psutil.Process) -> bool:
    """Only workers speak through the kernel's socket; what a library starts beside them is none."""
    return "philo_kernel.child" in " ".join(child.cmdline()) and child.status() == psutil.STATUS_RUNNING
