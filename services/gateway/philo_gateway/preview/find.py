"""Whose parts a revision of a film is made of: the job's own, or those of the edit that made it."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from philo_contracts.job import Job
from philo_gateway.editing.refusals import NO_REVISION
from philo_gateway.editing.takes import revisions
from philo_gateway.jobs.requests import NO_JOB, Jobs
from philo_gateway.jobs.tables import JobRow
from philo_kernel.database import reading
from philo_kernel.http.problems import NotFound

NOTHING_YET = "No scene of it can be watched yet. Watch the job's events; `result.preview_url` tells when one can."


class Previews:
    """`user` is who asks, or none for whoever holds a signed link."""

    def __init__(self, engine: AsyncEngine, jobs: Jobs) -> None:
        self.engine, self.jobs = engine, jobs

    async def find(self, user: str | None, number: str, revision: int) -> Job:
        """The job whose preview is to be played. Raises `NotFound`, also when there is nothing to play yet."""
        async with reading(self.engine) as session:
            job = await self._job(session, number, user)
            maker = number if revision == 1 else await self._maker(job, revision)
            found = job if maker == number else await self._job(session, maker, job.user_id)
        if not found.preview:
            raise NotFound(NOTHING_YET)
        return found

    async def _maker(self, job: Job, revision: int) -> str:
        """The edit that made this revision, or is about to."""
        current = job.film.revision if job.film else 1
        if job.film and revision == current:
            made_by = job.film.made_by
        elif revision == current + 1:
            made_by = next((scene.redraw_job_id for scene in job.scenes if scene.redraw_job_id), None)
        else:
            story = await self.jobs.story(job.user_id, job.id)
            made_by = next((one.film.made_by for one in revisions(story) if one.film.revision == revision), None)
        if made_by is None:
            raise NotFound(NO_REVISION)
        return made_by

    async def _job(self, session: AsyncSession, number: str, user: str | None) -> Job:
        row: JobRow | None = await session.get(JobRow, number)
        if row is None or user not in {None, row.user_id}:
            raise NotFound(NO_JOB)
        return Job.stored(row.state)
