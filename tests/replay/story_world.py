"""Jobs over all services, made by adapters that cost nothing: the services run in this process until the jobs have ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass

import asyncpg

from philo.stack import Endpoints
from philo.testing_service import migrated_database, settings_in
from philo_analysis import tasks as analysis_tasks
from philo_analysis.reading import Reading, ReadingRequest
from philo_contracts.job import FINAL, Job
from philo_contracts.shapes import VideoConfig
from philo_gateway import reactions as gateway
from philo_gateway.jobs.requests import Jobs
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.settings import GatewaySettings
from philo_kernel import erasure
from philo_kernel.database import engine_for
from philo_kernel.service import Service
from philo_kernel.settings import ServiceSettings
from philo_kernel.work import Passing
from philo_notify import reactions as notify
from philo_render import reactions as render
from tests.replay.instant import ROOMS, Cutter, Fine

SERVICES = ("gateway", "auth", "analysis", "tts", "render", "notify")
OWNER = "ada"
BROKEN, BUSY = "This one breaks its reader.", "This one finds its reader busy."
PATIENCE = 120


class Moody(Cutter):
    """Reads like the instant one, but breaks over one script, and is busy when it first sees another."""

    def __init__(self) -> None:
        self.busy = True

    async def read(self, request: ReadingRequest) -> Reading:
        if BROKEN in request.text:
            raise RuntimeError("a page is missing")
        if BUSY in request.text and self.busy:
            self.busy = False
            raise Passing("the reader is busy")
        return await super().read(request)


@dataclass(frozen=True)
class World:
    """Databases by service, all of whose processes have ended, and jobs by what became of them."""

    databases: Mapping[str, str]
    finished: str
    broken: str
    unheard: str


@contextmanager
def databases_of(servers: Endpoints) -> Iterator[dict[str, str]]:
    with ExitStack() as all_of_them:
        yield {name: all_of_them.enter_context(migrated_database(servers, name)) for name in SERVICES}


async def lived(servers: Endpoints, databases: Mapping[str, str], prefix: str) -> World:
    """One film that is made at the second try of its reader, one that is never read, and one that nobody has heard of."""
    engine = engine_for(databases["gateway"], pool=4)
    jobs = Jobs(engine)
    try:
        async with running(servers, databases, prefix):
            finished = await asked(jobs, f"{BUSY} Then it is read.")
            broken = await asked(jobs, BROKEN)
            await asyncio.gather(*(ended(jobs, one) for one in (finished, broken)))
            await at_rest(databases)
        return World(databases, finished.id, broken.id, (await asked(jobs, "Nobody hears this.")).id)
    finally:
        await engine.dispose()


async def asked(jobs: Jobs, script: str) -> Job:
    return await jobs.request(OWNER, JobRequest(script=script, config=VideoConfig(), retry_delay_seconds=1))


async def ended(jobs: Jobs, job: Job) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await jobs.one(OWNER, job.id)).status not in FINAL:  # noqa: ASYNC110 - the condition lies in a database
            await asyncio.sleep(0.05)


async def at_rest(databases: Mapping[str, str]) -> None:
    """Until the others have heard as well how it ended."""
    engine = engine_for(databases["notify"], pool=1)
    try:
        async with asyncio.timeout(PATIENCE), engine.connect() as connection:
            query = "select count(*) from job_view where state->>'status' in ('completed', 'failed')"
            while (await connection.exec_driver_sql(query)).scalar() != 2:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.05)
    finally:
        await engine.dispose()


@asynccontextmanager
async def running(servers: Endpoints, databases: Mapping[str, str], prefix: str) -> AsyncIterator[None]:
    stop = asyncio.Event()
    services = [made(name, servers, url, prefix) for name, url in databases.items() if name != "auth"]
    async with asyncio.TaskGroup() as group:  # one that fails ends all of it at once
        for service in services:
            group.create_task(service.until(stop))
        try:
            yield
        finally:
            stop.set()


def made(name: str, servers: Endpoints, url: str, prefix: str) -> Service:
    told = {**settings_in(servers, url), "service_instance": f"{prefix}{name}", "topic_prefix": prefix, "partitions": 1}
    engine = engine_for(url, pool=6)
    if name == "gateway":
        links = {f"{other}_url": "http://127.0.0.1:1" for other in SERVICES if other != "gateway"}
        settings = GatewaySettings(**told, **links, media_signing_key="s" * 32)
        hands = gateway.handlers(settings.job_limit, settings.price_list)
        listens = ("gateway", "analysis", "tts", "render")
        return Service(name, settings, engine, listens_to=listens, handlers=hands, tasks=gateway.TASKS)
    settings = ServiceSettings(**told)
    if name == "notify":
        hands, works = notify.handlers(unheard), notify.TASKS
        return Service(name, settings, engine, listens_to=("gateway",), handlers=hands, tasks=works)
    listens_to, hands, works, ports = ROOMS[name]
    if name == "analysis":
        ports = analysis_tasks.Ports(Fine(), Moody(), 0.7)
    if name == "render":
        hands = render.HANDLERS
    return Service(name, settings, engine, listens_to=listens_to, handlers=hands, tasks=works, ports=ports, parallel=8)


async def unheard(_users: set[str]) -> None:
    """Nobody listens to a feed here."""


async def erased(world: World) -> None:
    """What gateway does when somebody deletes their account, as far as the job that nobody has heard of goes."""
    connection = await asyncpg.connect(world.databases["gateway"])
    try:
        async with connection.transaction():
            await erasure.erase(connection, OWNER)
            await connection.execute("delete from job where user_id = $1", OWNER)
    finally:
        await connection.close()
