"""Somebody has deleted their account: their films go, and what they brought."""

from __future__ import annotations

from philo_contracts.events import UserErased
from philo_kernel.clearing import begin_clearing
from philo_kernel.handler import on
from philo_kernel.unit import Unit

# All that was ever said here of their films, exports and uploads tells which there are.
THEIRS = "select key from event where tenant = $1 union select job from film where tenant = $1"
FORGET = "delete from film where tenant = $1"
PLACES = ("outputs/job_{}/", "exports/job_{}/", "processed/{}.jpg", "thumbnails/{}.jpg")


@on(UserErased)
async def erase_films(fact: UserErased, unit: Unit) -> None:
    """The kernel has stopped their work before."""
    things = [row["key"] for row in await unit.connection.fetch(THEIRS, fact.user)]
    await unit.connection.execute(FORGET, fact.user)
    begin_clearing(unit, fact.user, [place.format(thing) for thing in things for place in PLACES])
