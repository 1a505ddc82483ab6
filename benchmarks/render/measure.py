"""What a command costs: seconds, CPU, memory, all of its descendants included."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from statistics import median

import psutil  # type: ignore[import-untyped]

PAUSE = 0.04


@dataclass(frozen=True)
class Cost:
    """Seconds, and bytes of resident memory at the peak: of all processes together, and of the largest one.

    `said` is what the command itself printed as its last line of JSON.
    """

    wall: float
    cpu: float
    memory: int
    largest: int
    said: dict[str, float] = field(default_factory=dict)


@dataclass
class Peak:
    """Looks at a family of processes until told to stop."""

    pid: int
    memory: int = 0
    largest: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        while not self.over.wait(PAUSE):
            sizes = self._sizes()
            self.memory, self.largest = max(self.memory, sum(sizes)), max(self.largest, *sizes, 0)

    def _sizes(self) -> list[int]:
        sizes = [0]
        with suppress(psutil.NoSuchProcess):  # it has just ended
            family = psutil.Process(self.pid)
            for member in (family, *family.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    sizes.append(member.memory_info().rss)
        return sizes


def measured(module: str, *arguments: object) -> Cost:
    """Run `python -m module arguments` as a child; CalledProcessError when it fails."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = Peak(child.pid)
    watching = threading.Thread(target=peak.watch)
    watching.start()
    with child.stdout as printed:  # type: ignore[union-attr]  # it was asked for
        lines = printed.read().splitlines()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    peak.over.set()
    watching.join()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command, "\n".join(lines))
    said = json.loads(lines[-1]) if lines else {}
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak.memory, peak.largest, said)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure; memory at its highest."""
    said = {name: median(cost.said[name] for cost in costs) for name in costs[0].said}
    return replace(
        costs[0],
        wall=median(cost.wall for cost in costs),
        cpu=median(cost.cpu for cost in costs),
        memory=max(cost.memory for cost in costs),
        largest=max(cost.largest for cost in costs),
        said=said,
    )
