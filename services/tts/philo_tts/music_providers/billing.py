"""What is told of an order that may cost money: each one, whatever became of it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Literal

from uuid_utils.compat import uuid7

from philo_contracts.shapes import ProviderCall
from philo_kernel.work import Hopeless
from philo_tts.music_providers.composer import Composer, Take, Wish

Tell = Callable[[ProviderCall], Awaitable[None]]


async def billed(composer: Composer, wish: Wish, tell: Tell) -> Take:
    """The take. Told are the seconds of music that came, none when nothing did; also of an order that is broken off."""
    begun = time.monotonic()
    outcome: Literal["answered", "refused", "failed"] = "failed"
    quantities: dict[str, float] = {}
    try:
        take = await composer.compose(wish)
        outcome, quantities = "answered", {"seconds": take.seconds}
    except Hopeless:
        outcome = "refused"
        raise
    finally:
        await tell(
            ProviderCall(
                id=str(uuid7()),
                service="music",
                provider=composer.name,
                model=composer.model,
                outcome=outcome,
                quantities=quantities,
                seconds=time.monotonic() - begun,
            )
        )
    return take
