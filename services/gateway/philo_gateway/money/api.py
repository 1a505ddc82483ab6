"""Money on the wire: estimates, the costs of a job, budgets."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request

from philo_gateway.editing.shapes import ForkRequest, SceneEdit
from philo_gateway.jobs.api import Reader
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.money.requests import Money
from philo_gateway.money.shapes import (
    BudgetRequest,
    BudgetResource,
    CostLine,
    EstimateResource,
    estimate_shown,
    line_shown,
)
from philo_kernel.http.identity import Caller, operator

router = APIRouter(prefix="/api/v1", tags=["money"])


def money_of(request: Request) -> Money:
    money: Money = request.app.state.money
    return money


Asking = Annotated[Money, Depends(money_of)]
Operator = Annotated[Caller, Depends(operator)]
User = Annotated[str, Path(pattern=r"^[\w.:@-]{1,100}$", description="Whose budget it is.")]


@router.post("/jobs/estimate")
async def estimate_job(wish: JobRequest, _who: Reader, money: Asking) -> EstimateResource:
    """What this film would cost, and when it would be there. Nothing is stored; ask at every pause in typing."""
    return estimate_shown(await asyncio.to_thread(money.treasury.of_wish, wish))


@router.post("/jobs/{job_id}/scenes/{scene_id}/estimate")
async def estimate_edit(job_id: UUID, scene_id: str, wish: SceneEdit, who: Reader, money: Asking) -> EstimateResource:
    """What this change of a scene would cost, and how long it would take. Nothing is stored."""
    return estimate_shown(await money.of_edit(who.user, str(job_id), scene_id, wish))


@router.post("/jobs/{job_id}/fork/estimate")
async def estimate_fork(job_id: UUID, wish: ForkRequest, who: Reader, money: Asking) -> EstimateResource:
    """What this fork would cost, and when it would be there. Nothing is stored."""
    return estimate_shown(await money.of_fork(who.user, str(job_id), wish))


@router.get("/jobs/{job_id}/costs")
async def read_costs(job_id: UUID, who: Reader, money: Asking) -> list[CostLine]:
    """Everybody who was asked for money, request by request, also for what came to nothing."""
    return [line_shown(call) for call in await money.costs(who.user, str(job_id))]


@router.get("/users/{user_id}/budget")
async def read_budget(user_id: User, _who: Operator, money: Asking) -> BudgetResource:
    """What a user may spend this month, and has."""
    return await money.budget(user_id)


@router.put("/users/{user_id}/budget")
async def set_budget(user_id: User, wish: BudgetRequest, who: Operator, money: Asking) -> BudgetResource:
    """Let a user spend so much in a calendar month, from this one on."""
    return await money.set_budget(user_id, wish.per_month, who.user)
