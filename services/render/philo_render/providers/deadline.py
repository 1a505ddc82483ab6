"""One deadline over all of an attempt: connecting, waiting, reading, fetching."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from philo_render.providers.faults import ProviderFailing


@asynccontextmanager
async def deadline(seconds: float, provider: str) -> AsyncIterator[None]:
    """Raises ProviderFailing when what it holds takes longer."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise ProviderFailing(f"{provider} did not answer within {seconds:g} seconds. Try again.") from error
