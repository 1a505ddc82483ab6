"""Asking for music in a way that always has an answer: a take, or why Philo should compose itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from philo_kernel.outgoing.calls import Hear, heard_by
from philo_kernel.outgoing.faults import LeftAlone
from philo_kernel.work import Hopeless
from philo_tts.music_providers.composer import Composer, Take, Wish
from philo_tts.music_providers.faults import MusicRefused

KEPT = 8
"""Takes of some megabytes that are paid for and not stored yet."""


class Reason(StrEnum):
    """Why a provider does not compose. The first is about the wish, the others about the provider."""

    REFUSED = "refused"
    REJECTED = "rejected"
    FAILING = "failing"
    NOT_SET_UP = "not_set_up"


@dataclass(frozen=True)
class Uncomposed:
    """`code` and `message` are those of the fault."""

    provider: str
    reason: Reason
    code: str
    message: str


class Fallback:
    """Asks the composer that is wished for. It composes nothing itself."""

    def __init__(self, composers: Mapping[str, Composer]) -> None:
        self._composers = composers
        self._kept: dict[str, Take] = {}

    @property
    def providers(self) -> frozenset[str]:
        """Those who are set up."""
        return frozenset(self._composers)

    def keep(self, order: str, take: Take) -> None:
        """What is paid for and could not be stored; the oldest goes when there are too many."""
        self._kept[order] = take
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]

    def in_hand(self, order: str) -> Take | None:
        """What was kept for this order: it is handed over once."""
        return self._kept.pop(order, None)

    async def compose(self, provider: str, wish: Wish, tell: Hear) -> Take | Uncomposed:
        """Every order that goes out is told of. Raises ProviderFailing while the provider has not failed too often."""
        composer = self._composers.get(provider)
        if composer is None:
            return _not_set_up(provider)
        try:
            with heard_by(tell):
                return await composer.compose(wish)
        except Hopeless as fault:
            reason = Reason.REFUSED if isinstance(fault, MusicRefused) else Reason.REJECTED
            return Uncomposed(provider, reason, fault.code, str(fault))
        except LeftAlone as fault:
            reason = Reason.REJECTED if fault.hopeless else Reason.FAILING
            return Uncomposed(provider, reason, fault.code, str(fault))

    async def close(self) -> None:
        for composer in self._composers.values():
            await composer.close()


def _not_set_up(provider: str) -> Uncomposed:
    message = f"There is no {provider} here: {provider.upper()}_API_KEY is not set."
    return Uncomposed(provider, Reason.NOT_SET_UP, "music_provider_not_set_up", message)
