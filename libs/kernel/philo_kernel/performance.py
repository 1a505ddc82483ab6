"""Carrying out one order within its limits."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import anyio
from pgqueuer.errors import RetryRequested

from philo_contracts.events import Event
from philo_kernel.order import Order
from philo_kernel.work import Passing, Say

GRACE = timedelta(seconds=2)
"""What it may take to leave when the worker leaves; children are killed after 1.5 s."""


class Performance:
    """Cancels the work at its soft limit, when its worker leaves, or when nobody wants it any more."""

    def __init__(self, order: Order, leaving: asyncio.Event) -> None:
        self.order, self.leaving = order, leaving
        self.grace = order.task.limits.hard - order.task.limits.soft

    async def of(self, ports: object, say: Say, said: Sequence[Event] = ()) -> Event | None:
        """What the work says at last. Raises its error, TimeoutError past the soft limit, RetryRequested when leaving."""
        takes = self.order.task.takes
        arguments: tuple[Any, ...] = (self.order.work, ports, say, said)[:takes]  # a port is the service's own affair
        running = asyncio.ensure_future(self.order.task.perform(*arguments))
        leaving = asyncio.ensure_future(self.leaving.wait())
        soft = self.order.task.limits.soft.total_seconds()
        try:
            await asyncio.wait({running, leaving}, timeout=soft, return_when=asyncio.FIRST_COMPLETED)
            return self.result(running)
        finally:
            leaving.cancel()
            await self.ended(running)

    def result(self, running: asyncio.Future[Event | None]) -> Event | None:
        if running.cancelled():
            raise Passing(f"{self.order.name} was interrupted from within")
        if running.done():
            return running.result()
        if self.leaving.is_set():
            self.grace = min(self.grace, GRACE)
            raise RetryRequested(reason="its worker leaves")
        raise TimeoutError(f"{self.order.name} took longer than {self.order.task.limits.soft} and was stopped")

    async def ended(self, running: asyncio.Future[Event | None]) -> None:
        """Past the hard limit nobody waits any longer."""
        running.add_done_callback(lambda over: over.cancelled() or over.exception())
        running.cancel()
        with anyio.CancelScope(shield=True):
            await asyncio.wait({running}, timeout=self.grace.total_seconds())
