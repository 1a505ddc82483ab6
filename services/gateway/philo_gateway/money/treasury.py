"""Putting money aside for jobs, in the unit of work that accepts them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property

from asyncpg import Connection

from philo_contracts.job import Job
from philo_contracts.shapes import Plan, Quote, VideoConfig
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.jobs.store import Held
from philo_gateway.money import ledger
from philo_gateway.money.amounts import month_of
from philo_gateway.money.domain import TooLittle, reserve
from philo_gateway.money.estimate import Estimate, estimate
from philo_gateway.money.needs import Needs, needs_of_plan, needs_of_wish, of
from philo_gateway.money.prices import MAKERS, Maker, Prices
from philo_gateway.money.rates import Rates
from philo_gateway.money.refusals import too_dear
from philo_gateway.money.telling import tell
from philo_gateway.quotas.admission import Quotas
from philo_kernel.unit import Unit


class Treasury:
    """`makers` are those whom this installation asks for money; `per_month` is everybody's budget, that of their tier
    when unset. An operator may have set another one for somebody."""

    def __init__(
        self,
        prices: Prices | None = None,
        makers: Sequence[Maker] = MAKERS,
        per_month: Decimal | None = None,
        quotas: Quotas | None = None,
        rates: Rates | None = None,
    ) -> None:
        self._prices, self.makers, self.per_month = prices, tuple(makers), per_month
        self.quotas, self.rates = quotas or Quotas(), rates or Rates()

    @cached_property
    def prices(self) -> Prices:
        return self._prices or Prices.read()

    def of_wish(self, wish: JobRequest, day: date | None = None) -> Estimate:
        """What a film would cost. Pure but for the date, and some milliseconds for the longest script."""
        return self._estimate(needs_of_wish(wish, writes=of(self.makers, "text") is not None), wish.config, day)

    def of_plan(self, plan: Plan, job: Job, config: VideoConfig, day: date | None = None) -> Estimate:
        """What a film would cost that is made of the film of `job`."""
        return self._estimate(needs_of_plan(plan, job, config), config, day)

    async def accept(self, unit: Unit, user: str, job: str, wish: JobRequest) -> Quote:
        """Put aside what the film is expected to cost. Raises `BudgetExceeded`: nothing is paid for then."""
        return await self._reserved(unit, user, job, self.of_wish(wish).amount)

    async def accept_child(self, unit: Unit, parent: Job, job: str, plan: Plan, config: VideoConfig) -> Quote:
        """The same for a film that is made of another."""
        return await self._reserved(unit, parent.user_id, job, self.of_plan(plan, parent, config).amount)

    async def accept_again(self, unit: Unit, one: Held) -> None:
        """Put aside anew what was given back when the job failed, less what it has spent. Raises `BudgetExceeded`."""
        job, now = one.job, await ledger.of_job(unit.connection, one.job.id)
        missing = job.cost.estimated - now.spent - now.reserved
        if missing > 0:
            begun = await ledger.month_of_job(unit.connection, job.id, month_of(datetime.now(UTC)))
            await self._reserve(unit, job.user_id, job.id, missing, begun)
            await tell(unit, one)

    async def limit_of(self, connection: Connection, user: str) -> Decimal:
        """What the user may spend in a month."""
        for set_one in (await ledger.own_budget(connection, user), self.per_month):
            if set_one is not None:
                return set_one
        return (await self.quotas.standing(connection, user))[1].spend

    def _estimate(self, needs: Needs, config: VideoConfig, day: date | None) -> Estimate:
        return estimate(needs, config, self.makers, self.prices, day or datetime.now(UTC).date(), self.rates)

    async def _reserved(self, unit: Unit, user: str, job: str, amount: Decimal) -> Quote:
        if amount:
            await self._reserve(unit, user, job, amount, month_of(datetime.now(UTC)))
        return Quote(estimated=amount, reserved=amount)

    async def _reserve(self, unit: Unit, user: str, job: str, amount: Decimal, month: date) -> None:
        limit = await self.limit_of(unit.connection, user)
        held = await ledger.locked_month(unit.connection, user, month)
        try:
            moves = reserve(limit, held, amount)
        except TooLittle as short:
            raise too_dear(amount, short.left, limit) from short
        await ledger.book(unit.connection, user, month, job, "reserve", moves)
