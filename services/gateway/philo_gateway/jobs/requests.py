"""What a client may do with a job, each in one unit of work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Text, cast
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlmodel import col, select
from uuid_utils.compat import uuid7

from philo_contracts.envelope import Envelope
from philo_contracts.events import JobQueued, JobRequested
from philo_contracts.evolution import fold
from philo_contracts.job import Job, Status
from philo_gateway.assets.brought import brought_for
from philo_gateway.jobs import store
from philo_gateway.jobs.bulk import in_one_message
from philo_gateway.jobs.domain import NotCancellable, NotRetryable, cancel, retry
from philo_gateway.jobs.handlers import reconsider
from philo_gateway.jobs.scenes import plan_of
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.jobs.tables import JobRow
from philo_gateway.jobs.trace import going_on
from philo_gateway.money.treasury import Treasury
from philo_gateway.projects.tables import ProjectRow
from philo_gateway.quotas.admission import Quotas
from philo_kernel import store as facts
from philo_kernel import telemetry
from philo_kernel.database import reading
from philo_kernel.http.pages import PageRequest
from philo_kernel.http.problems import Conflict, NotFound
from philo_kernel.unit import Unit, unit_of_work

Also = Callable[[Unit], Awaitable[None]]
EDIT_IS_OVER = (
    "An edit that failed has left its film as it was. Change the scene of job {parent} once more: what was finished is "
    "found, and nothing is paid for twice."
)
NO_JOB = "There is no job with this id among yours. `GET /api/v1/jobs` lists them."


class Jobs:
    """The application's commands and queries; `user` is always the one who asks."""

    def __init__(
        self,
        engine: AsyncEngine,
        treasury: Treasury | None = None,
        quotas: Quotas | None = None,
        terms: Terms | None = None,
    ) -> None:
        self.engine, self.treasury, self.quotas = engine, treasury or Treasury(), quotas or Quotas()
        self.terms = terms or Terms()

    async def request(
        self, user: str, wish: JobRequest, *, session: str | None = None, also: Also | None = None
    ) -> Job:
        """Accept a job: its first two facts and its row commit together, with what is `also` done."""
        number = str(uuid7())
        with telemetry.span("gateway.request_job", correlation=number), in_one_message():
            async with self.quotas.turns.of(user), unit_of_work(self.engine, "gateway") as unit:
                if also:
                    await also(unit)
                if wish.project_id and not await owns(unit.session, user, str(wish.project_id)):
                    raise NotFound("There is no project with this id among yours.")
                wish = await self.quotas.admit(unit, user, number, wish)
                brought = await brought_for(unit.session, user, wish.config)
                quote = await self.treasury.accept(unit, user, number, wish)
                one = store.begin(unit, number)
                made_of: dict[str, Any] = {"brought": brought, "quote": quote, "session": session}
                made_of["trace_id"] = telemetry.trace_id()
                if wish.scenes:
                    language = wish.config.language or ""
                    made_of["plan"] = await plan_of(unit.session, user, number, wish.scenes, wish.title, language)
                one.say(unit, requested(number, user, wish, self.terms).model_copy(update=made_of))
                one.say(unit, JobQueued(job=number))
        return one.job

    async def cancel(self, user: str, number: str, reason: str) -> Job:
        """Stop it; cancelling what is cancelled already changes nothing. Raises Conflict for what has ended."""
        async with unit_of_work(self.engine, "gateway") as unit:
            await own(unit.session, user, number)
            with await going_on(unit, number, "gateway.cancel_job"):
                one = await store.held(unit, number)
                if one.job.status is not Status.CANCELLED:
                    try:
                        one.say(unit, cancel(one.job, reason))
                    except NotCancellable as error:
                        raise Conflict(f"It cannot be cancelled: {error}.") from error
        return one.job

    async def retry(self, user: str, number: str) -> Job:
        """Go on from where it broke: the next attempt. Raises Conflict unless it has failed."""
        async with self.quotas.turns.of(user), unit_of_work(self.engine, "gateway") as unit:
            await own(unit.session, user, number)
            with await going_on(unit, number, "gateway.retry_job"):
                one = await store.held(unit, number)
                if one.job.kind == "scene_edit":
                    raise Conflict(EDIT_IS_OVER.format(parent=one.job.parent_id))
                await self._again(unit, user, one)
        return one.job

    async def _again(self, unit: Unit, user: str, one: store.Held) -> None:
        try:
            steps = list(retry(one.job, "asked for by its owner"))
        except NotRetryable as error:
            raise Conflict(f"It cannot be retried: {error}. Only what has failed can be.") from error
        await self.quotas.admit_again(unit, user, one.job.id)
        await self.treasury.accept_again(unit, one)
        for fact in steps:
            one.say(unit, fact)
        reconsider(one, unit)  # what was finished elsewhere while it had failed
        unit.cause = None

    async def one(self, user: str, number: str) -> Job:
        async with reading(self.engine) as session:
            return Job.stored((await own(session, user, number)).state)

    async def at(self, user: str, number: str, version: int) -> Job:
        """The job as it was after its `version`-th fact."""
        story = await self.story(user, number)
        if version > len(story):
            raise NotFound(f"The job has {len(story)} versions so far; ask for one from 1 to {len(story)}.")
        return fold(story[:version])

    async def story(self, user: str, number: str) -> list[Envelope]:
        async with unit_of_work(self.engine, "gateway") as unit:
            await own(unit.session, user, number)
            return await facts.load(unit.connection, store.stream_of(number))

    async def listed(
        self, user: str, wanted: PageRequest, statuses: list[Status], project: str | None, kinds: list[str]
    ) -> list[Job]:
        """Newest first, one more than the page holds, without scripts: of a long list they are the greatest part."""
        query = select(cast(col(JobRow.state).op("-")("script"), Text)).where(JobRow.user_id == user)
        if statuses:
            query = query.where(col(JobRow.status).in_([status.value for status in statuses]))
        if project:
            query = query.where(JobRow.project_id == project)
        if kinds:
            query = query.where(col(JobRow.kind).in_(kinds))
        if wanted.after:
            query = query.where(col(JobRow.id) < str(wanted.after[0]))
        query = query.order_by(col(JobRow.id).desc()).offset(wanted.skip).limit(wanted.fetch)
        async with reading(self.engine) as session:
            return [Job.stored(state) for state in await session.scalars(query)]


async def own(session: AsyncSession, user: str, number: str) -> JobRow:
    """Someone else's job is not there."""
    row: JobRow | None = await session.get(JobRow, number)
    if row is None or row.user_id != user:
        raise NotFound(NO_JOB)
    return row


async def owns(session: AsyncSession, user: str, project: str) -> bool:
    row = await session.get(ProjectRow, project)
    return row is not None and row.user_id == user


@dataclass(frozen=True)
class Terms:
    """How often and how soon the work of a job is tried again by itself, where nobody asks for anything else."""

    max_retries: int = 3
    retry_delay_seconds: float = 60


def requested(number: str, user: str, wish: JobRequest, terms: Terms) -> JobRequested:
    told: dict[str, Any] = wish.model_dump(exclude={"project_id", "user_id", "scenes"})
    told |= {name: value for name, value in asdict(terms).items() if told[name] is None}
    if wish.user_id:
        told["metadata"] = {"user_id": wish.user_id} | told["metadata"]
    return JobRequested(job=number, user=user, project=str(wish.project_id) if wish.project_id else None, **told)
