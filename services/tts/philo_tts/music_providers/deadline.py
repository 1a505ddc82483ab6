"""One deadline over all that it holds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from philo_tts.music_providers.faults import ProviderFailing


@asynccontextmanager
async def deadline(seconds: float, message: str) -> AsyncIterator[None]:
    """Raises ProviderFailing with the message when what it holds takes longer."""
    clock = asyncio.timeout(seconds)
    try:
        async with clock:
            yield
    except TimeoutError as error:
        if not clock.expired():
            raise
        raise ProviderFailing(message) from error
