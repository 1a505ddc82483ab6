"""Who has answered which hello, and after how long. Hellos are kept for a day."""

from __future__ import annotations

from typing import Literal
from uuid import uuid4

import orjson
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.events import (
    AnalysisSaidHello,
    AuthSaidHello,
    HelloAnswered,
    HelloSaid,
    NotifySaidHello,
    RenderSaidHello,
    TtsSaidHello,
)
from philo_kernel.database import connected
from philo_kernel.handler import on
from philo_kernel.http.problems import NotFound
from philo_kernel.unit import Unit, unit_of_work

ANSWERS = (AnalysisSaidHello, AuthSaidHello, NotifySaidHello, RenderSaidHello, TtsSaidHello)
SERVICES = frozenset({"gateway", *(answer.source for answer in ANSWERS)})
SAY = "insert into hello(id, user_id, name) values ($1, $2, $3)"
OLD = "delete from hello where said_at < now() - interval '1 day'"
HEAR = """
    update hello set answers = answers || jsonb_build_object($2::text, extract(epoch from clock_timestamp() - said_at))
    where id = $1 and not answers ? $2"""
READ = "select name, answers::text as answers from hello where id = $1 and user_id = $2"
NO_HELLO = "You have said no hello with this id lately. `POST /api/v1/test/hello` says one."


class Heard(BaseModel):
    """What came back."""

    greeting: str = Field(examples=["Hello, World!"])
    answers: dict[str, float] = Field(description="By service: seconds from the hello until its answer was heard.")
    missing: list[str] = Field(description="Services that have not answered yet.")


class Greeting(BaseModel):
    """How far a hello is. `completed` when every service has answered."""

    task_id: str
    status: Literal["pending", "completed"]
    result: Heard


class Hellos:
    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    async def say(self, user: str, name: str) -> str:
        """Its id."""
        hello = str(uuid4())
        async with unit_of_work(self.engine, "gateway") as unit:
            await unit.connection.execute(OLD)
            await unit.connection.execute(SAY, hello, user, name)
            unit.say(HelloSaid(hello=hello, user=user, name=name), stream=f"hello/{hello}")
        return hello

    async def read(self, user: str, hello: str) -> Greeting:
        """Raises `NotFound`, also for somebody else's."""
        async with connected(self.engine) as connection:
            row = (await connection.exec_driver_sql(READ, (hello, user))).first()
        if row is None:
            raise NotFound(NO_HELLO)
        answers = {service: round(seconds, 3) for service, seconds in sorted(orjson.loads(row.answers).items())}
        missing = sorted(SERVICES - answers.keys())
        heard = Heard(greeting=f"Hello, {row.name}!", answers=answers, missing=missing)
        return Greeting(task_id=hello, status="pending" if missing else "completed", result=heard)


@on(HelloSaid, *ANSWERS)
async def hear_hello(fact: HelloSaid | HelloAnswered, unit: Unit) -> None:
    """Gateway hears its own as well, so that it answers like everybody else."""
    await unit.connection.execute(HEAR, fact.hello, fact.source)
