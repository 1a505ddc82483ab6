"""`/dead-letters` on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request

from philo_gateway.letters.gathering import DeadLetterPage, Letters
from philo_kernel.http.identity import Caller, operator
from philo_kernel.http.letters import PREFIX
from philo_kernel.http.problems import NotFound
from philo_kernel.letterbox import NO_LETTER, DeadLetterDetail, Redrive, Redriven

router = APIRouter(prefix=PREFIX, tags=["operation"])

Operator = Annotated[Caller, Depends(operator)]
Service = Literal["gateway", "auth", "analysis", "tts", "render", "notify"]
LetterId = Annotated[str, Path(pattern=r"^[a-z]+-[1-9][0-9]{0,18}$", examples=["tts-12"])]


def letters_of(request: Request) -> Letters:
    letters: Letters = request.app.state.letters
    return letters


def credentials_of(request: Request, _who: Operator) -> str:
    """The access token as it was sent: operators have no other credentials."""
    return request.headers["authorization"]


Gathered = Annotated[Letters, Depends(letters_of)]
Credentials = Annotated[str, Depends(credentials_of)]


@router.get("")
async def list_dead_letters(
    credentials: Credentials,
    letters: Gathered,
    service: Service | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> DeadLetterPage:
    """What could not be handled, newest first, with its cause and its trace. For operators."""
    return await letters.page(credentials, limit, cursor, service)


@router.get("/{letter_id}")
async def read_dead_letter(letter_id: LetterId, credentials: Credentials, letters: Gathered) -> DeadLetterDetail:
    """One letter whole. For operators."""
    return await letters.one(credentials, letter_id)


@router.post("/redrive", status_code=202)
async def redrive_dead_letters(wish: Redrive, credentials: Credentials, letters: Gathered) -> Redriven:
    """Have these handled again, in the order of their streams. Asking twice changes nothing. For operators."""
    return await letters.redrive(credentials, wish.ids)


@router.post("/{letter_id}/redrive", status_code=202)
async def redrive_dead_letter(letter_id: LetterId, credentials: Credentials, letters: Gathered) -> Redriven:
    """Have this one handled again. What fails again stays, with its new cause. For operators."""
    answer = await letters.redrive(credentials, [letter_id])
    if answer.missing:
        raise NotFound(NO_LETTER)
    return answer
