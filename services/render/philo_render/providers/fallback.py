"""Asking for a picture in a way that always has an answer: a painting, or why Philo should draw it itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from weakref import WeakValueDictionary

from philo_kernel.outgoing.faults import Failing, LeftAlone
from philo_kernel.work import Hopeless
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


OF_THE_WISH = frozenset({Reason.REFUSED, Reason.UNFIT})


@dataclass(frozen=True)
class Unpainted:
    """`code` and `message` are those of the fault; `cost` is what was paid for nothing."""

    provider: str
    reason: Reason
    code: str
    message: str
    cost: Decimal = Decimal(0)


class Fallback:
    """Asks the painter that is wished for, and the `others` in their order when it cannot. It draws nothing itself."""

    def __init__(self, painters: Mapping[str, Painter], others: Sequence[str] = ()) -> None:
        self._painters, self._others = painters, others
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
        """Raises Passing while nobody else is there and the provider has not failed too often: the scene may come back
        later. A wish that one may not grant is not carried to the next."""
        others = [name for name in self._others if name != provider and name in self._painters]
        for name in others:
            outcome = await self._in_turn(provider, wish)
            if isinstance(outcome, Painting) or outcome.reason in OF_THE_WISH:
                return outcome
            provider = name
        return await self._asked(provider, wish)

    async def close(self) -> None:
        for painter in self._painters.values():
            await painter.close()

    async def _in_turn(self, provider: str, wish: Wish) -> Painting | Unpainted:
        """One after whom another may be asked: there is nothing to wait for."""
        try:
            return await self._asked(provider, wish)
        except Failing as fault:
            return Unpainted(provider, Reason.FAILING, fault.code, str(fault), _paid(fault))

    async def _asked(self, provider: str, wish: Wish) -> Painting | Unpainted:
        painter = self._painters.get(provider)
        if painter is None:
            return _not_set_up(provider)
        try:
            return await painter.paint(wish)
        except Hopeless as fault:
            return Unpainted(provider, _reason(fault), fault.code, str(fault))
        except LeftAlone as fault:
            reason = Reason.REJECTED if fault.hopeless else Reason.FAILING
            return Unpainted(provider, reason, fault.code, str(fault), _paid(fault.__cause__))


def _paid(fault: BaseException | None) -> Decimal:
    return fault.cost if isinstance(fault, ProviderFailing) else Decimal(0)


def _reason(fault: Hopeless) -> Reason:
    if isinstance(fault, PictureRefused):
        return Reason.REFUSED
    return Reason.UNFIT if isinstance(fault, PictureRejected) else Reason.REJECTED


def _not_set_up(provider: str) -> Unpainted:
    message = f"There is no {provider} here: {provider.upper()}_API_KEY is not set."
    return Unpainted(provider, Reason.NOT_SET_UP, "picture_provider_not_set_up", message)
