"""Figures that lie elsewhere: read when somebody scrapes, at most once in a few seconds, and never waited for for long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping

import structlog
from prometheus_client.core import GaugeMetricFamily, Metric

from philo_kernel.metrics.instruments import SUM

Read = Callable[[], Awaitable[Iterable[Metric]]]
EVERY = 5.0
"""Seconds for which what was read is told again."""
PATIENCE = 2.0
"""Seconds that one source has to answer."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Readings:
    """What `sources` say, by their names. One that does not answer is left out: an old figure would pass for a new one."""

    def __init__(self, sources: Mapping[str, Read], *, every: float = EVERY, patience: float = PATIENCE) -> None:
        self.sources, self.every, self.patience = sources, every, patience
        self.turn = asyncio.Lock()
        self.told: list[Metric] = []
        self.due = float("-inf")
        self.silent: frozenset[str] = frozenset()

    async def metrics(self) -> list[Metric]:
        """Whoever comes while somebody reads is told the same."""
        async with self.turn:
            if time.monotonic() >= self.due:
                self.told = await self.read()
                self.due = time.monotonic() + self.every
        return self.told

    async def read(self) -> list[Metric]:
        found = await asyncio.gather(*(self.asked(read) for read in self.sources.values()), return_exceptions=True)
        answers = dict(zip(self.sources, found, strict=True))
        self.complain({name: error for name, error in answers.items() if isinstance(error, BaseException)})
        well = GaugeMetricFamily("figures_readable", f"1 if what lies there can be read.{SUM}", labels=["source"])
        for name in answers:
            well.add_metric([name], name not in self.silent)
        return [well, *(one for answer in answers.values() if not isinstance(answer, BaseException) for one in answer)]

    async def asked(self, read: Read) -> list[Metric]:
        async with asyncio.timeout(self.patience):
            return list(await read())

    def complain(self, errors: Mapping[str, BaseException]) -> None:
        """Once, and not with every scrape."""
        for name in errors.keys() - self.silent:
            log.warning("figures cannot be read", source=name, error=repr(errors[name]))
        self.silent = frozenset(errors)
