"""What somebody who was erased had in the object store goes as well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from philo_kernel.unit import Unit
from philo_kernel.work import Work, task

LATER = timedelta(minutes=2)
"""What was just being written when its work was stopped is there by then."""


class Store(Protocol):
    async def remove_under(self, prefix: str) -> int: ...


class Ports(Protocol):
    """Of any service that has objects."""

    @property
    def objects(self) -> Store: ...


class Clear(Work):
    """Remove every object whose name begins so. `job` is who was erased."""

    kept = False

    prefixes: tuple[str, ...]
    part: int
    again: bool

    @property
    def effect(self) -> str:
        return f"clearing/{self.job}/{self.part}/{'again' if self.again else 'first'}"


@task(Clear)
async def clear(work: Clear, ports: Ports) -> None:
    for prefix in work.prefixes:
        await ports.objects.remove_under(prefix)


MANY = 500


def begin_clearing(unit: Unit, user: str, prefixes: Sequence[str]) -> None:
    """At once, and once more when nothing can be on its way any more."""
    for part, start in enumerate(range(0, len(prefixes), MANY)):
        some = tuple(prefixes[start : start + MANY])
        unit.start(Clear(job=user, prefixes=some, part=part, again=False))
        unit.start(Clear(job=user, prefixes=some, part=part, again=True), after=LATER)
