"""One deadline over all that it holds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


@asynccontextmanager
async def deadline(seconds: float, late: Callable[[], Exception]) -> AsyncIterator[None]:
    """Raises what `late` makes when what it holds takes longer; the TimeoutErrors of others pass."""
    clock = asyncio.timeout(seconds)
    try:
        async with clock:
            yield
    except TimeoutError as error:
        if not clock.expired():
            raise
        raise late() from error
