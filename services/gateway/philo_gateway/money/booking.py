"""What a unit books: last of all that it does, and user by user, so that no two units wait for each other's months.

Whoever has locked a month waits for nothing any more. Jobs are locked before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from philo_contracts.envelope import Envelope
from philo_gateway.jobs.store import Held, save
from philo_gateway.money import ledger
from philo_gateway.money.amounts import month_of
from philo_gateway.money.domain import Entries, Holding, Kind
from philo_gateway.money.telling import tell
from philo_kernel.unit import Unit

WAITING = "bookings"


@dataclass(frozen=True)
class Booking:
    """A transaction for a job that is in hand. `moves` is asked when the month is locked; no entries, no transaction."""

    one: Held
    cause: Envelope
    kind: Kind
    moves: Callable[[Holding], Entries]
    call: str | None = None


def at_the_end(unit: Unit, booking: Booking) -> None:
    """Book it before the unit commits."""
    if WAITING not in unit.memory:
        unit.memory[WAITING] = []

        async def write() -> None:
            for one in sorted(unit.memory[WAITING], key=lambda waiting: waiting.one.job.user_id):
                await booked(unit, one)

        unit.before_commit(write)
    unit.memory[WAITING].append(booking)


async def booked(unit: Unit, booking: Booking) -> None:
    job, unit.cause = booking.one.job, booking.cause
    begun = month_of(job.created_at or booking.cause.time)
    month = await ledger.month_of_job(unit.connection, job.id, begun)
    await ledger.locked_month(unit.connection, job.user_id, month)
    moves = booking.moves(await ledger.of_job(unit.connection, job.id))
    await ledger.book(unit.connection, job.user_id, month, job.id, booking.kind, moves, booking.call)
    if await tell(unit, booking.one):
        await save(unit, booking.one)  # it may have been written before
