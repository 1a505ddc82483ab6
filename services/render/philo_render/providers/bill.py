"""What all attempts at one painting cost together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

from philo_render.providers.faults import ProviderFailing
from philo_render.providers.painter import Painting


class Bill:
    """Adds up what was paid for nothing."""

    def __init__(self) -> None:
        self._wasted = Decimal(0)

    async def attempt(self, attempt: Callable[[], Awaitable[Painting]]) -> Painting:
        """The painting, whose cost includes those that could not be used; or the failure, whose cost does."""
        try:
            painting = await attempt()
        except ProviderFailing as failure:
            self._wasted = failure.cost = self._wasted + failure.cost
            raise
        return painting if painting.cost is None else replace(painting, cost=painting.cost + self._wasted)


@contextmanager
def charged(cost: Decimal | None) -> Iterator[None]:
    """What fails in here was paid for all the same."""
    try:
        yield
    except ProviderFailing as failure:
        failure.cost = cost or Decimal(0)
        raise
