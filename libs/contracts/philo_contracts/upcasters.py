"""Old facts read as today's. A published schema never changes: a new version comes with an upcaster from the last one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from philo_contracts.events import KNOWN, Event

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: dict[tuple[str, int], Upcaster] = {}
"""From (type, version) to the data of version + 1."""


class UnknownFact(Exception):
    """This service does not know such a fact: it is newer than the service, or not ours."""


def upcaster(fact: str, version: int) -> Callable[[Upcaster], Upcaster]:
    """Register how data of `fact` at `version` becomes data of the next version."""

    def register(lift: Upcaster) -> Upcaster:
        UPCASTERS[fact, version] = lift
        return lift

    return register


def read(name: str, version: int, data: dict[str, Any]) -> Event:
    """The fact as the code of today knows it. Raises `UnknownFact`, or ValidationError for data that breaks its schema."""
    kind = KNOWN.get(name)
    if kind is None:
        raise UnknownFact(f"no fact is called {name!r}: deploy the version of this service that knows it, then redrive")
    if version > kind.schema_version:
        raise UnknownFact(
            f"{name} version {version} is newer than version {kind.schema_version} known here: "
            "deploy the version of this service that knows it, then redrive"
        )
    for step in range(version, kind.schema_version):
        data = UPCASTERS[name, step](data)
    return kind.model_validate(data)
