"""What is spent on those who work for money, as it is booked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from decimal import Decimal

from philo_contracts.shapes import ProviderCall
from philo_kernel.metrics.instruments import counter

COST = counter("provider_cost_dollars_total", "US dollars booked for calls of a provider.", "work", "provider")
CALLS = counter(
    "provider_calls_total", "Calls of a provider that were told of, by how they ended.", "work", "provider", "outcome"
)
UNPRICED = counter("provider_calls_unpriced_total", "Calls for which there is no price.", "work", "provider")


def noting(call: ProviderCall, amount: Decimal | None) -> Callable[[], Awaitable[None]]:
    """Count a call, once it is committed."""

    async def tell() -> None:
        CALLS.of(call.service, call.provider, call.outcome).inc()
        if amount is None:
            UNPRICED.of(call.service, call.provider).inc()
        else:
            COST.of(call.service, call.provider).inc(float(amount))

    return tell
