"""Asking for a picture in a way that always has an answer: a painting, or why Philo should draw it itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from weakref import WeakValueDictionary

from philo_kernel.outgoing.breaker import Breaker
from philo_kernel.work import Hopeless, Passing
from philo_render.providers.faults import PictureRefused, PictureRejected, ProviderFailing
from philo_render.providers.painter import Painter, Painting, Wish

KEPT = 32
"""Paintings of some megabytes that are paid for and not stored yet."""


class Reason(StrEnum):
    """Why a provider does not paint a scene. The first two are about the wish, the others about the provider."""

    REFUSED = "refused"
    UNFIT = "unfit"
    REJECTED = "rejected"
    FAILING = "failing"
    NOT_SET_UP = "not_set_up"


@dataclass(frozen=True)
class Unpainted:
    """`code` and `message` are those of the fault; `cost` is what was paid for nothing."""

    provider: str
    reason: Reason
    code: str
    message: str
    cost: Decimal = Decimal(0)


class Fallback:
    """Asks the painter that is wished for, and leaves one alone that fails too often. It draws nothing itself."""

    def __init__(self, painters: Mapping[str, Painter], breaker: Callable[[], Breaker] = Breaker) -> None:
        self._painters = painters
        self._breakers = {name: breaker() for name in painters}
        self._last: dict[str, Unpainted] = {}
        self._kept: dict[str, Painting] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def turn(self, wish: str) -> asyncio.Lock:
        """To be held while this is asked for, so that equal wishes of this process are not paid for twice."""
        return self._turns.setdefault(wish, asyncio.Lock())

    def keep(self, wish: str, painting: Painting) -> None:
        """What is paid for and could not be stored; the oldest goes when there are too many."""
        self._kept[wish] = painting
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]

    def in_hand(self, wish: str) -> Painting | None:
        """What was kept for this wish: it is handed over once."""
        return self._kept.pop(wish, None)

    async def paint(self, provider: str, wish: Wish) -> Painting | Unpainted:
        """Raises Passing while the provider has not failed too often: the scene may come back later."""
        painter, breaker = self._painters.get(provider), self._breakers.get(provider)
        if painter is None or breaker is None:
            return _not_set_up(provider)
        if not breaker.lets_through():
            return self._last[provider]
        try:
            painting = await painter.paint(wish)
        except Hopeless as fault:
            return self._hopeless(provider, breaker, fault)
        except Passing as fault:
            unpainted = self._failing(provider, breaker, fault)
            if unpainted is None:
                raise
            return unpainted
        breaker.worked()
        return painting

    async def close(self) -> None:
        for painter in self._painters.values():
            await painter.close()

    def _hopeless(self, provider: str, breaker: Breaker, fault: Hopeless) -> Unpainted:
        reason = _reason(fault)
        unpainted = Unpainted(provider, reason, fault.code, str(fault))
        if reason is Reason.REJECTED:
            breaker.failed(at_once=True)
            self._last[provider] = unpainted
        else:
            breaker.worked()  # it looked at the wish: the provider is well
        return unpainted

    def _failing(self, provider: str, breaker: Breaker, fault: Passing) -> Unpainted | None:
        """None as long as it has not failed too often."""
        breaker.failed(after=fault.after if isinstance(fault, ProviderFailing) else None)
        unpainted = self._last[provider] = Unpainted(provider, Reason.FAILING, fault.code, str(fault))
        paid = fault.cost if isinstance(fault, ProviderFailing) else Decimal(0)
        return replace(unpainted, cost=paid) if breaker.is_open else None


def _reason(fault: Hopeless) -> Reason:
    if isinstance(fault, PictureRefused):
        return Reason.REFUSED
    return Reason.UNFIT if isinstance(fault, PictureRejected) else Reason.REJECTED


def _not_set_up(provider: str) -> Unpainted:
    message = f"There is no {provider} here: {provider.upper()}_API_KEY is not set."
    return Unpainted(provider, Reason.NOT_SET_UP, "picture_provider_not_set_up", message)
