"""The ledger's moves. Pure: each is a transaction whose entries sum to zero.

Money leaves `available` when it is put aside for a job (`reserved`), from there it is `spent`, call by call, and what is
left when the job has ended is `released`: free again. So at any moment reserved + spent + released is what was taken from
`available`, of a job, of a month and of all.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from philo_contracts.shapes import Cost
from philo_gateway.money.amounts import ZERO, shown

Account = Literal["available", "reserved", "spent", "released"]
Kind = Literal["reserve", "spend", "release"]
TELLING = 10
"""A job tells what it costs when another tenth of what was put aside is spent, so that it tells it a few times only."""
LEAST_TOLD = Decimal("0.01")


class Entry(NamedTuple):
    account: Account
    amount: Decimal


Entries = tuple[Entry, ...]


class Holding(NamedTuple):
    """What of the money of a job, or of a month, is where. `granted` is all that was ever put aside."""

    reserved: Decimal = ZERO
    spent: Decimal = ZERO
    released: Decimal = ZERO
    granted: Decimal = ZERO


class TooLittle(Exception):
    """The month's budget does not reach that far. `left` is what is left of it."""

    def __init__(self, left: Decimal) -> None:
        super().__init__(f"{left} is left")
        self.left = left


def left_of(limit: Decimal, month: Holding) -> Decimal:
    """What can still be put aside; less than nothing when calls were dearer than expected."""
    return limit - month.reserved - month.spent


def reserve(limit: Decimal, month: Holding, amount: Decimal) -> Entries:
    """Put aside. What costs nothing needs no budget. Raises `TooLittle`."""
    if amount > 0 and amount > left_of(limit, month):
        raise TooLittle(left_of(limit, month))
    return moving(Entry("available", -amount), Entry("reserved", amount))


def spend(job: Holding, amount: Decimal) -> Entries:
    """From what was put aside, and beyond that from the budget: what was called has to be paid."""
    aside = min(job.reserved, amount)
    return moving(Entry("available", aside - amount), Entry("reserved", -aside), Entry("spent", amount))


def release(job: Holding) -> Entries:
    """Give back what is left."""
    return moving(Entry("reserved", -job.reserved), Entry("released", job.reserved))


def moving(*entries: Entry) -> Entries:
    """Only what moves is written down."""
    return tuple(entry for entry in entries if entry.amount)


def worth_telling(told: Cost, now: Holding, *, ended: bool) -> bool:
    """Whether the job should say what it costs by now."""
    if ended or now.granted != told.reserved:
        return (told.reserved, told.actual, told.released) != (now.granted, now.spent, now.released)
    return now.spent - told.actual >= max(now.granted / TELLING, LEAST_TOLD)


def cost_of(now: Holding) -> dict[str, Decimal]:
    """As a job tells it."""
    return {"reserved": shown(now.granted), "actual": shown(now.spent), "released": shown(now.released)}
