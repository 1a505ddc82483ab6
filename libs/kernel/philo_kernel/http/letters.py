"""`/dead-letters` of one service, for operators. Gateway shows those of all."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel.letterbox import DeadLetterDetail, DeadLetterLine, Letterbox, Redrive, Redriven, place

from .identity import Caller, operator
from .pages import Page, PageRequest, page, page_request

PREFIX = "/api/v1/dead-letters"
Operator = Annotated[Caller, Depends(operator)]
Wanted = Annotated[PageRequest, Depends(page_request)]


def dead_letters(service: str, engine: AsyncEngine) -> APIRouter:
    """The letters of this service alone. They are documented where all are shown, so not here."""
    router = APIRouter(prefix=PREFIX, tags=["operation"], include_in_schema=False)
    box = Letterbox(service, engine)

    @router.get("")
    async def list_dead_letters(_who: Operator, wanted: Wanted) -> Page[DeadLetterLine]:
        lines = [box.line(letter) for letter in await box.page(wanted)]
        return page(lines, wanted, place=place, shown=lambda line: line)

    @router.get("/{letter_id}")
    async def read_dead_letter(letter_id: str, _who: Operator) -> DeadLetterDetail:
        return await box.one(letter_id)

    @router.post("/redrive", status_code=202)
    async def redrive_dead_letters(wish: Redrive, _who: Operator) -> Redriven:
        return await box.redrive(wish.ids)

    return router
