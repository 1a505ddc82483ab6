"""`/jobs/{id}/moderation` on the wire, for operators."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from philo_contracts.resource import JobResource, shown
from philo_gateway.moderation.appeals import Appeals
from philo_gateway.moderation.shapes import Decision
from philo_kernel.http.identity import Caller, operator

router = APIRouter(prefix="/api/v1/jobs", tags=["operation"])


def appeals_of(request: Request) -> Appeals:
    appeals: Appeals = request.app.state.appeals
    return appeals


@router.post("/{job_id}/moderation")
async def decide_appeal(
    job_id: UUID,
    wish: Decision,
    who: Annotated[Caller, Depends(operator)],
    appeals: Annotated[Appeals, Depends(appeals_of)],
) -> JobResource:
    """Decide on a job that moderation has refused: let it go on, or leave it refused. For operators."""
    return shown(await appeals.decide(who.user, str(job_id), wish))
