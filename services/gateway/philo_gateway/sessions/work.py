"""What can be asked of a session: a film, and another picture of one of its scenes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.job import Job, Status
from philo_gateway.editing.refusals import NO_SCENE, NOT_FINISHED
from philo_gateway.editing.requests import Edits
from philo_gateway.editing.shapes import SceneEdit
from philo_gateway.jobs.requests import Jobs
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.sessions import store
from philo_gateway.sessions.store import Session
from philo_kernel.http.problems import Conflict, NotFound
from philo_kernel.unit import Unit, unit_of_work

Also = Callable[[Unit], Awaitable[None]]
NO_SESSION = "There is no session with this id among yours. `POST /api/v1/jobs/generate` begins one."
OTHER_PROJECT = "This session belongs to another project. Name that one, or begin a session of its own."
EMPTY = "This session has no film yet. Ask for one with `POST /api/v1/jobs/generate`."


@dataclass(frozen=True)
class Sessions:
    """`user` is always the one who asks. `also` is done in the unit that accepts the work, or nothing is."""

    engine: AsyncEngine
    jobs: Jobs
    edits: Edits

    async def generate(self, user: str, session: str, wish: JobRequest, also: Also) -> Job:
        """A film of the session. Raises as `Jobs.request` does, and `Conflict` for another project's session."""

        async def first(unit: Unit) -> None:
            await also(unit)
            project = str(wish.project_id) if wish.project_id else None
            if await store.begin(unit.connection, user, session, project) not in {project, None}:
                raise Conflict(OTHER_PROJECT)

        return await self.jobs.request(user, wish, session=session, also=first)

    async def edit(
        self, user: str, session: str, project: str | None, scene: str, change: SceneEdit, also: Also
    ) -> Job:
        """The edit of a scene of the session's film: the newest finished one that has it."""
        known, films = await self.read(user, session)
        if project is not None and known.project_id != project:
            raise Conflict(OTHER_PROJECT)
        return await self.edits.edit(user, film_with(films, scene).id, scene, change, "*", also=also)

    async def read(self, user: str, session: str) -> tuple[Session, list[Job]]:
        """The session and its films, newest first. Raises `NotFound`."""
        async with unit_of_work(self.engine, "gateway") as unit:
            known = await store.find(unit.connection, user, session)
            if known is None:
                raise NotFound(NO_SESSION)
            return known, await store.films(unit.connection, user, session)


def film_with(films: list[Job], scene: str) -> Job:
    """Raises `NotFound` or `Conflict`."""
    if not films:
        raise Conflict(EMPTY)
    finished = [job for job in films if job.status is Status.COMPLETED]
    if not finished:
        raise Conflict(NOT_FINISHED.format(status=films[0].status.value))
    found = next((job for job in finished if job.scene(scene)), None)
    if found is None:
        raise NotFound(NO_SCENE)
    return found
