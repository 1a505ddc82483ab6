"""How a process is: whether it takes part, and how many of its connections to the database are in use."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client.core import GaugeMetricFamily, Metric
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import QueuePool

from philo_kernel.metrics.instruments import SUM
from philo_kernel.readiness import Started


class Process:
    def __init__(self, engine: AsyncEngine, started: Started) -> None:
        self.pool, self.started = engine.sync_engine.pool, started

    async def read(self) -> Iterable[Metric]:
        ready = GaugeMetricFamily(
            "service_ready", f"1 once it relays, handles and works.{SUM}", value=float(self.started.done)
        )
        return [ready, *self.connections()]

    def connections(self) -> Iterable[Metric]:
        if isinstance(self.pool, QueuePool):
            told = ("database_pool_in_use", "database_pool_size")
            yield GaugeMetricFamily(told[0], f"Connections that somebody holds.{SUM}", value=self.pool.checkedout())
            yield GaugeMetricFamily(told[1], f"Connections there are at most.{SUM}", value=self.pool.size())
