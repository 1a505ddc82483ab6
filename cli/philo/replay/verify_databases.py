"""What the services say that they keep in their databases, and looking there without reaching anything else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TypeVar

from philo.replay.connecting import look_for
from philo.replay.database_trouble import TROUBLES, in_words
from philo_kernel.replay.forbidden import unreachable
from philo_kernel.replay.projection import Balance, Projection

T = TypeVar("T")


@dataclass(frozen=True)
class Keeping:
    """What a service keeps beside the facts: `philo_<service>.replaying`."""

    projections: tuple[Projection, ...]
    balances: tuple[Balance, ...]


def keeping(service: str) -> Keeping:
    told = import_module(f"philo_{service}.replaying")
    return Keeping(told.PROJECTIONS, told.BALANCES)


def quietly(urls: dict[str, str], work: Callable[[], Awaitable[T]], *besides: str) -> T:
    """Run it where nothing but these databases, and the servers at the URLs `besides`, can be reached. Raises `StackError`
    in words."""

    async def run() -> T:
        return await work()

    for service, url in urls.items():
        look_for(url, f"the database of {service}")
    try:
        with unreachable(*urls.values(), *besides):
            return asyncio.run(run())
    except TROUBLES as error:
        raise in_words(error) from error
