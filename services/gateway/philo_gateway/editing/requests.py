"""What a client may ask to be made of a finished film, each in one unit of work."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.events import JobModerating, JobStarted, SceneRedrawStarted
from philo_contracts.job import Job, SceneState
from philo_contracts.shapes import Export, Moderation, Plan
from philo_gateway.assets.brought import brought_for
from philo_gateway.assets.pictures import picture_of
from philo_gateway.editing import takes
from philo_gateway.editing.children import asked, new_number
from philo_gateway.editing.forks import fork_of
from philo_gateway.editing.plans import NothingChanges, edited, restored
from philo_gateway.editing.refusals import (
    BEHIND_THE_END,
    NO_TAKE,
    NOTHING_CHANGES,
    TOO_LONG,
    at_rest,
    editable,
    film_of,
    scene_of,
    unchanged_since,
)
from philo_gateway.editing.shapes import ExportRequest, ForkRequest, SceneEdit
from philo_gateway.jobs import store
from philo_gateway.jobs.bulk import in_one_message
from philo_gateway.jobs.requests import Also, own
from philo_gateway.jobs.shapes import MAX_SCRIPT
from philo_gateway.money.treasury import Treasury
from philo_gateway.quotas.admission import Quotas
from philo_kernel import telemetry
from philo_kernel.http.problems import Conflict, NotFound, Unprocessable
from philo_kernel.unit import Unit, unit_of_work

Plans = Callable[[Unit, Job, SceneState], Awaitable[Plan]]


class Edits:
    """Commands on films; `user` is always the one who asks, and someone else's film is not there."""

    def __init__(self, engine: AsyncEngine, treasury: Treasury | None = None, quotas: Quotas | None = None) -> None:
        self.engine, self.treasury, self.quotas = engine, treasury or Treasury(), quotas or Quotas()

    async def edit(
        self, user: str, number: str, scene: str, wish: SceneEdit, if_match: str | None, *, also: Also | None = None
    ) -> Job:
        """Make a scene otherwise: the film stays as it is until the new one is done."""

        async def plan(unit: Unit, job: Job, state: SceneState) -> Plan:
            if also:
                await also(unit)
            unchanged_since(state, if_match)
            at_rest(job)
            asset = wish.picture_asset_id
            picture = await picture_of(unit.session, user, asset) if asset else None
            try:
                return edited(job, state, wish.change(), picture)
            except NothingChanges as error:
                raise Unprocessable(NOTHING_CHANGES) from error

        return await self._redraw(user, number, scene, plan)

    async def restore(self, user: str, number: str, scene: str, take: int) -> Job:
        """Make the film with an earlier take of a scene: all of it is found again."""

        async def plan(unit: Unit, job: Job, state: SceneState) -> Plan:
            at_rest(job)
            story = takes.takes(await unit.load(store.stream_of(number)), scene)
            former = next((one.scene for one in story if one.scene.revision == take), None)
            if former is None:
                raise NotFound(NO_TAKE)
            if take == state.revision:
                raise Conflict("This take is the one in the film.")
            return restored(job, state, former)

        return await self._redraw(user, number, scene, plan)

    async def fork(self, user: str, number: str, wish: ForkRequest) -> Job:
        """The same scenes as another film."""
        async with self._work(user, "gateway.fork_film", number) as unit:
            job = Job.stored((await own(unit.session, user, number)).state)
            config, plan = fork_of(job, wish)
            brought, new = await brought_for(unit.session, user, config, job), new_number()
            await self.quotas.admit_plan(unit, user, new, config, plan)
            quote = await self.treasury.accept_child(unit, job, new, plan, config)
            one = asked(unit, job, "video", config=config, plan=plan, brought=brought, number=new, quote=quote)
        return one.job

    async def export(self, user: str, number: str, wish: ExportRequest) -> Job:
        """The film in another form. Its words were approved with the film, so the work begins at once."""
        async with self._work(user, "gateway.export_film", number) as unit:
            job = Job.stored((await own(unit.session, user, number)).state)
            film = film_of(job)
            if wish.start >= film.duration:
                raise Unprocessable(BEHIND_THE_END, errors=[("/start", BEHIND_THE_END)])
            new, export = new_number(), Export(video=film.video, **wish.model_dump())
            await self.quotas.admit_export(unit, user, new)
            one = asked(unit, job, "export", config=job.config, export=export, number=new)
            one.say(unit, JobModerating(job=one.job.id))
            one.say(unit, JobStarted(job=one.job.id, moderation=Moderation(score=job.moderation.score or 0)))
        return one.job

    @asynccontextmanager
    async def _work(self, user: str, name: str, number: str) -> AsyncIterator[Unit]:
        """A unit in a span, where the trace of the new job begins."""
        with telemetry.span(name, parent=number), in_one_message():
            async with self.quotas.turns.of(user), unit_of_work(self.engine, "gateway") as unit:
                yield unit

    async def _redraw(self, user: str, number: str, scene: str, plan: Plans) -> Job:
        """The child and the mark on its parent commit together."""
        async with self._work(user, "gateway.edit_scene", number) as unit:
            await own(unit.session, user, number)
            parent = await store.held(unit, number)
            editable(parent.job)
            state = scene_of(parent.job, scene)
            whole = await plan(unit, parent.job, state)
            if sum(len(one.narration) for one in whole.scenes) > MAX_SCRIPT:
                raise Unprocessable(TOO_LONG, errors=[("/narration", TOO_LONG)])
            own_number, config = new_number(), parent.job.config
            await self.quotas.admit_plan(unit, user, own_number, config, whole, edited=parent.job)
            quote = await self.treasury.accept_child(unit, parent.job, own_number, whole, config)
            child = asked(unit, parent.job, "scene_edit", config=config, plan=whole, number=own_number, quote=quote)
            new = next(one.revision for one in whole.scenes if one.id == scene)
            parent.say(unit, SceneRedrawStarted(job=number, scene=scene, revision=new, child=child.job.id))
        return child.job
