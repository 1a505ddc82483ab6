"""`/test/hello` on the wire."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from philo_contracts.resource import API
from philo_gateway.greetings.hellos import Greeting, Hellos
from philo_kernel.http.idempotency import Creating
from philo_kernel.http.identity import Caller, allowed

router = APIRouter(prefix=f"{API}/test", tags=["operation"], route_class=Creating)

Reader = Annotated[Caller, Depends(allowed("jobs:read"))]
Writer = Annotated[Caller, Depends(allowed("jobs:write"))]
Name = Annotated[str, Query(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Said(BaseModel):
    """Ask for it at `/test/task/{task_id}`."""

    task_id: str


def hellos_of(request: Request) -> Hellos:
    hellos: Hellos = request.app.state.hellos
    return hellos


Greeted = Annotated[Hellos, Depends(hellos_of)]


@router.post("/hello", status_code=202)
async def say_hello(who: Writer, hellos: Greeted, response: Response, name: Name = "World") -> Said:
    """Say hello to every service, over Kafka. Each answers; `philo doctor` finds out in this way who does not."""
    task = await hellos.say(who.user, name)
    response.headers["Location"] = f"{API}/test/task/{task}"
    return Said(task_id=task)


@router.get("/task/{task_id}")
async def read_hello(task_id: UUID, who: Reader, hellos: Greeted) -> Greeting:
    """Who has answered by now, and after how many seconds."""
    return await hellos.read(who.user, str(task_id))
