"""What a client may ask about money, and an operator set."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlmodel import select

from philo_contracts.job import Job
from philo_gateway.assets.pictures import picture_of
from philo_gateway.editing.forks import fork_of
from philo_gateway.editing.plans import NothingChanges, edited
from philo_gateway.editing.refusals import NOTHING_CHANGES, editable, scene_of
from philo_gateway.editing.shapes import ForkRequest, SceneEdit
from philo_gateway.jobs.requests import own
from philo_gateway.money import ledger
from philo_gateway.money.amounts import month_of, shown
from philo_gateway.money.domain import Holding
from philo_gateway.money.estimate import Estimate
from philo_gateway.money.shapes import BudgetResource
from philo_gateway.money.tables import CallRow, MonthRow
from philo_gateway.money.treasury import Treasury
from philo_kernel.database import reading
from philo_kernel.http.problems import Unprocessable
from philo_kernel.unit import unit_of_work


async def spend_of(session: AsyncSession, user: str, month: date) -> Holding:
    """What of a user's calendar month (its first day) is put aside, spent and released; zeros if nothing ever was."""
    row = (await session.scalars(select(MonthRow).where(MonthRow.user_id == user, MonthRow.month == month))).first()
    return Holding(row.reserved, row.spent, row.released, row.reserved + row.spent + row.released) if row else Holding()


class Money:
    """Questions about money; `user` is always the one who asks, and someone else's job is not there."""

    def __init__(self, engine: AsyncEngine, treasury: Treasury) -> None:
        self.engine, self.treasury = engine, treasury

    async def costs(self, user: str, number: str) -> list[CallRow]:
        async with unit_of_work(self.engine, "gateway") as unit:
            await own(unit.session, user, number)
            return await ledger.calls(unit.connection, number)

    async def of_edit(self, user: str, number: str, scene: str, wish: SceneEdit) -> Estimate:
        """What this change of a scene would cost. Raises as the change itself would."""
        async with reading(self.engine) as session:
            job = Job.stored((await own(session, user, number)).state)
            editable(job)
            state, asset = scene_of(job, scene), wish.picture_asset_id
            picture = await picture_of(session, user, asset) if asset else None
        try:
            plan = edited(job, state, wish.change(), picture)
        except NothingChanges as error:
            raise Unprocessable(NOTHING_CHANGES) from error
        return self.treasury.of_plan(plan, job, job.config)

    async def of_fork(self, user: str, number: str, wish: ForkRequest) -> Estimate:
        """What this fork would cost. Raises as the fork itself would."""
        async with reading(self.engine) as session:
            job = Job.stored((await own(session, user, number)).state)
        config, plan = fork_of(job, wish)
        return self.treasury.of_plan(plan, job, config)

    async def budget(self, user: str) -> BudgetResource:
        async with unit_of_work(self.engine, "gateway") as unit:
            limit = await self.treasury.limit_of(unit.connection, user)
            held = await spend_of(unit.session, user, month_of(datetime.now(UTC)))
        return BudgetResource(
            user_id=user, per_month=shown(limit), spent=shown(held.spent), reserved=shown(held.reserved)
        )

    async def set_budget(self, user: str, per_month: Decimal, by: str) -> BudgetResource:
        """From now on, this month included. What is put aside already stays."""
        async with unit_of_work(self.engine, "gateway") as unit:
            await ledger.set_budget(unit.connection, user, per_month, by)
        return await self.budget(user)
