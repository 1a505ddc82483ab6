"""Somebody has deleted their account: what a service keeps of them for the kernel's sake goes."""

from __future__ import annotations

from asyncpg import Connection

from philo_contracts.events import UserErased
from philo_kernel import cancellation, data_keys
from philo_kernel.handler import on
from philo_kernel.unit import Unit

# Whoever says or handles something of theirs at this moment is waited for, and what they wrote is seen; who comes later
# finds them erased.
ALONE = "lock table event, inbox in share mode"
FORGET = (
    "delete from laid_aside where headers->>'tenant' = $1",
    "delete from dead_letter where tenant = $1",
)


@on(UserErased)
async def erase_tenant(event: UserErased, unit: Unit) -> None:
    """Every service has this handler, before all of its own. Whatever else is told of them is not heard any more."""
    await unit.flush()
    await erase(unit.connection, event.user)


async def erase(connection: Connection, tenant: str) -> None:
    """Their key, and so their facts; the work that waits or runs for them; what of them could not be handled."""
    await connection.execute(ALONE)
    await data_keys.erase(connection, tenant)
    await cancellation.drop_all_of(connection, tenant)
    for statement in FORGET:
        await connection.execute(statement, tenant)
