"""Where the databases of the services are: those of the stack in this folder, or as somebody says."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from philo.stack import Stack
from philo.stack.errors import StackError
from philo.stack.provision import driver_url
from philo_contracts.topics import SERVICES

Databases = Annotated[
    list[str] | None,
    typer.Option(
        "--database",
        metavar="SERVICE=URL",
        help="Where a service's database is, if it is not this stack's own; once a service. PHILO_DATABASES says the same.",
    ),
]


def places(given: Sequence[str]) -> dict[str, str]:
    """URLs by service: those that were named, else the stack's, as far as there is one. Raises `StackError`."""
    told = [*os.environ.get("PHILO_DATABASES", "").split(), *given]
    named = {service: driver_url(url) for service, _, url in (one.partition("=") for one in told)}
    if unknown := named.keys() - set(SERVICES):
        raise StackError(f"There is no service {', '.join(sorted(unknown))}; there are {', '.join(SERVICES)}.")
    if empty := [service for service, url in named.items() if not url]:
        raise StackError(f"Say where the database of {', '.join(empty)} is: --database {empty[0]}=postgresql://…")
    if len(named) == len(SERVICES):
        return named
    try:
        own = Stack().endpoints().databases
    except StackError:
        if named:
            return named
        raise
    return {service: driver_url(url) for service, url in own.items()} | named


def all_places(given: Sequence[str]) -> dict[str, str]:
    """The same for what cannot do with some of them. Raises `StackError`."""
    found = places(given)
    if missing := [service for service in SERVICES if service not in found]:
        words = f"Say where the database of {', '.join(missing)} is: --database {missing[0]}=postgresql://…"
        raise StackError(f"{words}, or go to the folder of a stack.")
    return {service: found[service] for service in SERVICES}
