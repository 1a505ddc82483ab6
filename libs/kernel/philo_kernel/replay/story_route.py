"""A service's part of a job's story, for operators. Gateway puts the parts of all together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, cast
from uuid import UUID

from asyncpg import Connection
from fastapi import APIRouter, Depends
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel.database import connected
from philo_kernel.http.identity import Caller, operator
from philo_kernel.replay.projection import Projection
from philo_kernel.replay.story_chapter import Chapter, Told
from philo_kernel.replay.story_reading import chapter
from philo_kernel.replay.story_verdict import Verdict, verdicts

PREFIX = "/api/v1/operator/jobs"
LARGEST = 64 * 1024 * 1024
"""Bytes of the facts of one job: a film of a thousand scenes says some thousands, of a kilobyte or two each."""
Operator = Annotated[Caller, Depends(operator)]


class Testimony(BaseModel):
    """What all services have said of a job."""

    facts: list[Told]


class Archive:
    """The store of one service, and what it keeps beside its facts."""

    def __init__(self, service: str, engine: AsyncEngine, keeps: Sequence[Projection] = ()) -> None:
        self.service, self.engine, self.keeps = service, engine, keeps

    async def chapter(self, job: str) -> Chapter:
        """All that it knows, and which kinds of facts its states follow from."""
        async with self.raw() as connection:
            found = await chapter(connection, self.service, job)
        return found.model_copy(update={"wants": self.wants})

    async def verdicts(self, job: str, facts: Sequence[Told]) -> list[Verdict]:
        async with self.raw() as connection:
            return await verdicts(connection, self.service, self.keeps, job, facts)

    @property
    def wants(self) -> tuple[str, ...]:
        sources = (source for kept in self.keeps for source in kept.sources)
        return tuple(sorted({kind.__name__ for source in sources for kind in source.facts}))

    @asynccontextmanager
    async def raw(self) -> AsyncIterator[Connection]:
        async with connected(self.engine) as connection:
            yield cast("Connection", (await connection.get_raw_connection()).driver_connection)


def story_of_service(archive: Archive) -> APIRouter:
    """Documented where the whole story is told, so not here."""
    router = APIRouter(prefix=PREFIX, tags=["operation"], include_in_schema=False)

    @router.get("/{job_id}/chapter")
    async def read_chapter(job_id: UUID, _who: Operator) -> Chapter:
        return await archive.chapter(str(job_id))

    @router.post("/{job_id}/verdicts", max_body_size=LARGEST)
    async def judge_states(job_id: UUID, testimony: Testimony, _who: Operator) -> list[Verdict]:
        return await archive.verdicts(str(job_id), testimony.facts)

    return router
