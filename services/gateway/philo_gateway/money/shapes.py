"""What clients are told about money."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from philo_gateway.money.amounts import shown
from philo_gateway.money.estimate import Estimate
from philo_gateway.money.tables import CallRow


class ExpectedLine(BaseModel):
    """What one of those who work for money is expected to take; null where there is no price for it."""

    service: str
    provider: str
    model: str | None
    quantities: dict[str, float]
    amount: Decimal | None


class ExpectedCost(BaseModel):
    """`free` when Philo does all of it itself. `unpriced` when it asks somebody whose price nobody has told."""

    currency: Literal["USD"] = "USD"
    estimated: Decimal
    free: bool
    unpriced: bool
    lines: list[ExpectedLine]


class EstimateResource(BaseModel):
    """Nothing is stored, and nothing is promised: `duration` is seconds of film, the others seconds from the start."""

    cost: ExpectedCost
    duration: float
    scenes: int
    first_scene_seconds: float = Field(description="Until the first scene can be watched.")
    eta_seconds: float = Field(description="Until the film is done.")


class CostLine(BaseModel):
    """One request to somebody who works for money. `amount` is null where there is no price for it."""

    id: str
    scene_id: str | None
    attempt: int
    service: str
    provider: str
    model: str | None
    outcome: str
    quantities: dict[str, float]
    amount: Decimal | None
    currency: Literal["USD"] = "USD"
    seconds: float
    at: datetime


class BudgetRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    per_month: Decimal = Field(ge=0, le=1_000_000, decimal_places=4, description="US dollars.")


class BudgetResource(BaseModel):
    """A user's calendar month (UTC): what may be spent, is spent, and is put aside for jobs at work."""

    user_id: str
    currency: Literal["USD"] = "USD"
    per_month: Decimal
    spent: Decimal
    reserved: Decimal


def estimate_shown(found: Estimate) -> EstimateResource:
    lines = [
        ExpectedLine(quantities=line.quantities, amount=line.amount, **line.maker._asdict()) for line in found.lines
    ]
    unpriced = any(line.amount is None for line in lines)
    return EstimateResource(
        cost=ExpectedCost(estimated=found.amount, free=not lines, unpriced=unpriced, lines=lines),
        duration=found.duration,
        scenes=found.scenes,
        first_scene_seconds=found.pace.first_scene,
        eta_seconds=found.pace.whole,
    )


def line_shown(call: CallRow) -> CostLine:
    same = call.model_dump(exclude={"job", "user_id", "scene", "amount"})
    return CostLine(scene_id=call.scene, amount=None if call.amount is None else shown(call.amount), **same)
