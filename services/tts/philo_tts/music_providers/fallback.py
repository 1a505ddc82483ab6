"""Asking for music in a way that always has an answer: a take, or why Philo should compose itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from philo_kernel.outgoing.breaker import Breaker
from philo_kernel.work import Hopeless
from philo_tts.music_providers.composer import Composer, Take, Wish
from philo_tts.music_providers.faults import MusicRefused, ProviderFailing


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
    """Asks the composer that is wished for, and leaves one alone that fails too often. It composes nothing itself."""

    def __init__(self, composers: Mapping[str, Composer], breaker: Callable[[], Breaker] = Breaker) -> None:
        self._composers = composers
        self._breakers = {name: breaker() for name in composers}
        self._last: dict[str, Uncomposed] = {}

    @property
    def providers(self) -> frozenset[str]:
        """Those who are set up."""
        return frozenset(self._composers)

    async def compose(self, provider: str, wish: Wish) -> Take | Uncomposed:
        """Raises ProviderFailing while the provider has not failed too often: the order may come back later."""
        composer = self._composers.get(provider)
        if composer is None:
            return _not_set_up(provider)
        breaker = self._breakers[provider]
        if not breaker.lets_through():
            return self._last[provider]
        try:
            take = await composer.compose(wish)
        except Hopeless as fault:
            return self._hopeless(provider, fault)
        except ProviderFailing as fault:
            breaker.failed(after=fault.after)
            self._last[provider] = Uncomposed(provider, Reason.FAILING, fault.code, str(fault))
            if not breaker.is_open:
                raise
            return self._last[provider]
        breaker.worked()
        return take

    async def close(self) -> None:
        for composer in self._composers.values():
            await composer.close()

    def _hopeless(self, provider: str, fault: Hopeless) -> Uncomposed:
        refused = isinstance(fault, MusicRefused)
        uncomposed = Uncomposed(provider, Reason.REFUSED if refused else Reason.REJECTED, fault.code, str(fault))
        if refused:
            self._breakers[provider].worked()  # it looked at the wish: the provider is well
        else:
            self._breakers[provider].failed(at_once=True)
            self._last[provider] = uncomposed
        return uncomposed


def _not_set_up(provider: str) -> Uncomposed:
    message = f"There is no {provider} here: {provider.upper()}_API_KEY is not set."
    return Uncomposed(provider, Reason.NOT_SET_UP, "music_provider_not_set_up", message)
