"""The handler over a real database: facts of one film in any units, and what they leave in the queue and the log."""

import asyncio
import json
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio
from render_world import JOB, drawn, everything, mixed

from philo_contracts.envelope import wrap
from philo_contracts.events import JobRequested, PartsLost
from philo_contracts.shapes import MusicWish, VideoConfig
from philo_kernel.database import engine_for
from philo_kernel.migrate import migrate
from philo_kernel.unit import unit_of_work
from philo_render.handlers import advance_film, note_brought

pytestmark = pytest.mark.stack


@pytest_asyncio.fixture
async def engine(database):
    await migrate("render", database)
    made = engine_for(database, pool=4)
    yield made
    await made.dispose()


async def hears(engine, *facts) -> None:
    """All of them in one unit, as the consumer does it."""
    async with unit_of_work(engine, "render") as unit:
        for fact in facts:
            unit.cause = wrap(fact, source=fact.source, stream="test", version=1)
            await advance_film.react(fact, unit)


async def ordered(database: str) -> tuple[list[str], list[str]]:
    """Tasks in the queue by kind and scene, and the facts that were said."""
    connection = await asyncpg.connect(database)
    try:
        rows = await connection.fetch("select entrypoint, payload from pgqueuer")
        said = [row["type"] for row in await connection.fetch("select type from event order by position")]
    finally:
        await connection.close()
    orders = [(row["entrypoint"], json.loads(row["payload"])) for row in rows]
    return sorted(f"{kind} {body.get('scene', len(body.get('scenes', ())))}" for kind, body in orders), said


EVERYTHING = (
    ["Draw s00", "Draw s01", "Draw s02", "Join 0", "Mix 0", "Paint 1", "Paint 2", "Paint 3"],
    ["TimelinePlanned"],
)


@pytest.mark.parametrize("size", [1, 3, 11])
async def test_each_order_is_given_once_however_facts_fall_into_units(engine, database, size):
    facts = everything()[::-1]
    for at in range(0, len(facts), size):
        await hears(engine, *facts[at : at + size])
    await hears(engine, *facts)
    assert await ordered(database) == EVERYTHING


async def test_what_was_lost_is_ordered_again_beside_the_orders_of_the_first_attempt(engine, database):
    await hears(engine, *everything())
    await hears(engine, PartsLost(job=JOB, attempt=1, scenes=("s01",), sound=True), drawn(1))
    await hears(engine, mixed())
    orders, _ = await ordered(database)
    assert sorted(orders) == sorted([*EVERYTHING[0], "Draw s01", "Mix 0", "Join 0"])


async def test_two_units_of_one_film_at_once_order_nothing_twice(engine, database):
    facts = everything()
    await asyncio.gather(*(hears(engine, *facts[at::4]) for at in range(4)))
    assert await ordered(database) == EVERYTHING


async def test_a_unit_that_fails_orders_nothing_and_forgets_what_it_heard(engine, database):
    async def fail() -> None:
        async with unit_of_work(engine, "render") as unit:
            for fact in everything():
                await advance_film.react(fact, unit)
            await unit.close()
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await fail()
    assert await ordered(database) == ([], [])
    await hears(engine, *everything())
    assert await ordered(database) == EVERYTHING


@pytest.mark.parametrize(("track", "films"), [(None, 0), (UUID(int=1), 1)])
async def test_a_request_is_kept_only_if_its_owner_brought_something(engine, database, track, films):
    config = VideoConfig(music=MusicWish(track_asset_id=track))
    async with unit_of_work(engine, "render") as unit:
        await note_brought.react(JobRequested(job=JOB, user="ada", config=config), unit)
    connection = await asyncpg.connect(database)
    try:
        assert await connection.fetchval("select count(*) from film") == films
    finally:
        await connection.close()
