"""When money says no, and the words that help then."""

from __future__ import annotations

from decimal import Decimal

from philo_gateway.money.amounts import shown
from philo_kernel.http.problems import Problem

TOO_DEAR = (
    "This is expected to cost {cost} USD, and {left} USD of this month's budget of {limit} USD are left. Choose makers "
    "that cost less (pictures that Philo draws and voices of its own cost nothing), shorten the film, wait for the next "
    "month, or ask an operator for a larger budget."
)


class BudgetExceeded(Problem):
    slug, title, status = "budget-exceeded", "The budget of this month does not reach that far", 402


def too_dear(cost: Decimal, left: Decimal, limit: Decimal) -> BudgetExceeded:
    return BudgetExceeded(TOO_DEAR.format(cost=shown(cost), left=shown(max(left, Decimal(0))), limit=shown(limit)))
