"""Analysis as it is set up by settings, between real servers: a model dies amid work, and everybody knows of it."""

import asyncio
from contextlib import asynccontextmanager

import asyncpg
import pytest
import pytest_asyncio
from analysis_endpoint import SCRIPT, SECRET, fails, running_model
from pydantic import ValidationError
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from philo.testing_service import migrated_database, settings_in
from philo_analysis.domain import Read
from philo_analysis.hiring import judge_of, reader_of
from philo_analysis.settings import AnalysisSettings
from philo_analysis.tasks import Ports, read
from philo_contracts.events import LanguageModelCalled, ScriptAnalyzed
from philo_contracts.shapes import VideoConfig
from philo_kernel.database import engine_for
from philo_kernel.outgoing.board import all_known, board_key
from philo_kernel.outgoing.switchboard import Switchboard
from philo_kernel.unit import unit_of_work
from philo_kernel.worker import Worker

pytestmark = pytest.mark.stack


@pytest.fixture
def database(servers):
    with migrated_database(servers, "analysis") as url:
        yield url


@pytest_asyncio.fixture
async def engine(database):
    made = engine_for(database)
    yield made
    await made.dispose()


@pytest_asyncio.fixture
async def redis(servers):
    async with Redis.from_url(servers.redis) as client:
        yield client


@pytest_asyncio.fixture
async def other():
    async with running_model() as running:
        yield running


@pytest.fixture
def settings(servers, database, topic_prefix, model, other) -> AnalysisSettings:
    hired = {
        "llm_api_key": SECRET,
        "llm_base_url": model.base_url,
        "llm_retries": 0,
        "llm_fallback_api_key": SECRET,
        "llm_fallback_base_url": other.base_url,
        "moderation_provider": "both",
        "moderation_api_key": SECRET,
        "moderation_base_url": "http://127.0.0.1:9/v1",
        "moderation_retries": 0,
        "provider_failures": 2,
    }
    return AnalysisSettings(**settings_in(servers, database), topic_prefix=topic_prefix, **hired)


@asynccontextmanager
async def at_work(settings: AnalysisSettings, engine: AsyncEngine, database: str):
    """A replica of analysis; its board."""
    board = Switchboard(settings)
    judge, judge_closing = judge_of(settings, board)
    reader, closing = reader_of(settings, board)
    worker = Worker("analysis", (read,), engine, Ports(judge, reader, settings.moderation_threshold), 2)
    running = asyncio.create_task(worker.run(database))
    try:
        yield board
    finally:
        await worker.drain(5)
        await running
        for close in (*judge_closing, *closing, board.close):
            await close()


async def read_by(engine: AsyncEngine, database: str, *jobs: str) -> list:
    """All that is said of these jobs, one after the other."""
    connection = await asyncpg.connect(database)
    try:
        for job in jobs:
            work = Read(job=job, user="ada", title=None, script=SCRIPT, prompt=None, config=VideoConfig())
            async with unit_of_work(engine, "analysis") as unit:
                unit.start(work)
            async with asyncio.timeout(60):
                while await connection.fetchval("select count(*) from pgqueuer"):  # noqa: ASYNC110 - it lies in a server
                    await asyncio.sleep(0.02)
        streams = await connection.fetch("select distinct on (position) stream from event order by position")
    finally:
        await connection.close()
    async with unit_of_work(engine, "analysis") as unit:
        each = list(dict.fromkeys(row["stream"] for row in streams))
        return [envelope.fact() for stream in each for envelope in await unit.load(stream)]


async def test_where_a_model_dies_the_next_reads_and_everybody_can_see_it(settings, engine, database, model, redis):
    model.steps = [fails(503)] * 100
    async with at_work(settings, engine, database):
        facts = await read_by(engine, database, "a", "b", "c")
    analyzed = [fact for fact in facts if isinstance(fact, ScriptAnalyzed)]
    assert [fact.provider for fact in analyzed] == ["fallback"] * 3
    assert {fact.warnings for fact in analyzed} == {("moderated_by_rules",)}
    known = await all_known(redis, settings.topic_prefix)
    assert {name: one.status() for name, one in known.items()} == {
        "moderation/openai": "unhealthy",
        "text/openai": "unhealthy",
        "text/fallback": "healthy",
    }
    assert len(model.requests) == 2


async def test_another_replica_is_spared_what_the_first_has_suffered(settings, engine, database, model, redis):
    model.steps = [fails(503)] * 100
    async with at_work(settings, engine, database):
        await read_by(engine, database, "a", "b")
    suffered = len(model.requests)
    async with at_work(settings, engine, database):
        await read_by(engine, database, "c")
    assert len(model.requests) == suffered


async def test_a_replica_tells_an_emptied_redis_what_it_knows_by_itself(settings, engine, database, model, redis):
    model.steps = [fails(503)] * 100
    async with at_work(settings, engine, database) as board:
        await read_by(engine, database, "a", "b")
        await redis.delete(board_key(settings.topic_prefix))
        keeping = asyncio.create_task(board.keep())
        async with asyncio.timeout(10):
            while len(known := await all_known(redis, settings.topic_prefix)) < 3:  # noqa: ASYNC110 - it lies in a server
                await asyncio.sleep(0.01)
        keeping.cancel()
    assert known["text/openai"].tripped


async def test_every_request_to_a_model_is_told_of_once(settings, engine, database, model):
    model.steps = [fails(503)] * 100
    async with at_work(settings, engine, database):
        facts = await read_by(engine, database, "a")
    calls = [fact.call for fact in facts if isinstance(fact, LanguageModelCalled) and fact.call.service == "text"]
    assert sorted((call.provider, call.outcome) for call in calls) == [("fallback", "answered"), ("openai", "failed")]


@pytest.mark.parametrize(
    ("change", "words"),
    [({"moderation_api_key": None}, "MODERATION_API_KEY"), ({"llm_fallback_provider": "openai"}, "have to differ")],
)
def test_settings_that_cannot_work_are_refused_in_words(settings, change, words):
    with pytest.raises(ValidationError, match=words):
        AnalysisSettings(**(settings.model_dump() | change))
