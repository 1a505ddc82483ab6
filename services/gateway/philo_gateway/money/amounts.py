"""Sums of money: Decimals of US dollars, whole millionths. Pure."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.0000")
SMALLEST = Decimal("0.000001")
"""What the ledger counts in. A call is rounded to it once, when it is priced; all sums are exact from there on."""
USUAL = Decimal("0.0001")
CURRENCY = "USD"


def rounded(amount: Decimal) -> Decimal:
    """To whole millionths, halves up."""
    return amount.quantize(SMALLEST, ROUND_HALF_UP)


def shown(amount: Decimal) -> Decimal:
    """Exactly the same amount, with four decimals, or as many more as it needs."""
    short = amount.quantize(USUAL, ROUND_HALF_UP)
    return short if short == amount else rounded(amount).normalize()


def month_of(moment: datetime) -> date:
    """The first day of the calendar month (UTC) that a moment lies in: budgets are for one."""
    return moment.date().replace(day=1)
