"""An appeal, decided by an operator in one unit of work."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.events import (
    Event,
    JobModerating,
    JobRequested,
    JobStarted,
    ModerationOverruled,
    ModerationUpheld,
    SceneRedrawStarted,
)
from philo_contracts.job import Job, Status
from philo_contracts.shapes import Moderation, Plan
from philo_gateway.editing.refusals import at_rest
from philo_gateway.jobs import store
from philo_gateway.jobs.bulk import in_one_message
from philo_gateway.jobs.store import Held, NoSuchJob
from philo_gateway.jobs.tables import JobRow
from philo_gateway.jobs.trace import going_on
from philo_gateway.moderation.shapes import Decision
from philo_gateway.money.treasury import Treasury
from philo_kernel.http.problems import Conflict, NotFound
from philo_kernel.unit import Unit, unit_of_work

NO_JOB = "There is no job with this id."
NOT_REFUSED = "Only what moderation has refused can be decided; this job is {status}."
FILM_WENT_ON = "The film was changed since this edit was refused. Ask for the edit anew."


class Appeals:
    """Decides on any user's job: who may ask for that is checked before."""

    def __init__(self, engine: AsyncEngine, treasury: Treasury) -> None:
        self.engine, self.treasury = engine, treasury

    async def decide(self, operator: str, number: str, wish: Decision) -> Job:
        """Raises `NotFound`, `Conflict` unless moderation has refused it, `BudgetExceeded` when its owner has no money
        left for it."""
        with in_one_message():
            async with unit_of_work(self.engine, "gateway") as unit:
                with await going_on(unit, number, "gateway.decide_appeal"):
                    parent = await film_of_edit(unit, number)
                    one = await refused(unit, number)
                    if wish.decision == "reject":
                        one.say(unit, ModerationUpheld(job=number, operator=operator, reason=wish.reason))
                    else:
                        await self.approve(unit, one, parent, operator, wish.reason)
        return one.job

    async def approve(self, unit: Unit, one: Held, parent: Held | None, operator: str, reason: str) -> None:
        first = (await unit.load(store.stream_of(one.job.id)))[0].fact()
        assert isinstance(first, JobRequested)
        await self.treasury.accept_again(unit, one)
        if parent and first.plan:
            parent.say(unit, marked_again(parent.job, first.plan, one.job.id))
        for fact in overruled(one.job, first, operator, reason):
            one.say(unit, fact)


async def film_of_edit(unit: Unit, number: str) -> Held | None:
    """The film that a job edits: locked first, as everybody does who holds both. Raises `NotFound`."""
    row: JobRow | None = await unit.session.get(JobRow, number)
    if row is None:
        raise NotFound(NO_JOB)
    job = Job.stored(row.state)
    return await store.held(unit, job.parent_id) if job.kind == "scene_edit" and job.parent_id else None


async def refused(unit: Unit, number: str) -> Held:
    try:
        one = await store.held(unit, number)
    except NoSuchJob as error:
        raise NotFound(NO_JOB) from error
    if one.job.status is not Status.MODERATION_FAILED:
        raise Conflict(NOT_REFUSED.format(status=one.job.status.value))
    return one


def overruled(job: Job, asked: JobRequested, operator: str, reason: str) -> Iterator[Event]:
    """Back into the queue, and past the judges. Pure."""
    same = ("priority", "title", "script", "prompt", "config", "plan")
    told = {name: getattr(asked, name) for name in same}
    yield ModerationOverruled(job=job.id, user=job.user_id, operator=operator, reason=reason, **told)
    yield JobModerating(job=job.id)
    found = Moderation(score=job.moderation.score or 0, categories=job.moderation.categories)
    yield JobStarted(job=job.id, moderation=found)


def marked_again(film: Job, plan: Plan, child: str) -> SceneRedrawStarted:
    """The scene waits for its edit once more. Raises `Conflict` when the film is another by now. Pure."""
    at_rest(film)
    known = {scene.id: scene.revision for scene in film.scenes}
    new = [scene for scene in plan.scenes if scene.revision != known.get(scene.id)]
    if len(new) != 1 or new[0].revision != known.get(new[0].id, 0) + 1:
        raise Conflict(FILM_WENT_ON)
    return SceneRedrawStarted(job=film.id, scene=new[0].id, revision=new[0].revision, child=child)
