"""Which databases a command looks into, and what the services say that they keep there."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, TypeVar

import asyncpg
import typer

from philo.stack import Stack
from philo.stack.errors import StackError
from philo_contracts.topics import SERVICES
from philo_kernel.replay.forbidden import unreachable
from philo_kernel.replay.projection import Balance, Projection

T = TypeVar("T")
Elsewhere = Annotated[
    list[str] | None,
    typer.Option("--database", metavar="SERVICE=URL", help="A database that is not this stack's own; once a service."),
]


@dataclass(frozen=True)
class Keeping:
    """What a service keeps beside the facts: `philo_<service>.replaying`."""

    projections: tuple[Projection, ...]
    balances: tuple[Balance, ...]


def keeping(service: str) -> Keeping:
    told = import_module(f"philo_{service}.replaying")
    return Keeping(told.PROJECTIONS, told.BALANCES)


def databases(elsewhere: list[str] | None) -> dict[str, str]:
    """URLs by service. Those of the stack are not asked for when all are given."""
    told = [*os.environ.get("PHILO_DATABASES", "").split(), *(elsewhere or [])]
    given = dict(one.partition("=")[::2] for one in told)
    if unknown := given.keys() - set(SERVICES):
        raise StackError(f"There is no service {', '.join(sorted(unknown))}; there are {', '.join(SERVICES)}.")
    own = {} if len(given) == len(SERVICES) else Stack().endpoints().databases
    return {service: given.get(service) or own[service] for service in SERVICES}


def quietly(urls: dict[str, str], work: Callable[[], Awaitable[T]], *besides: str) -> T:
    """Run it where nothing but these databases, and the servers at the URLs `besides`, can be reached."""

    async def run() -> T:
        return await work()

    try:
        with unreachable(*urls.values(), *besides):
            return asyncio.run(run())
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise StackError(f"A database does not answer: {error}. Is the stack up?") from error
