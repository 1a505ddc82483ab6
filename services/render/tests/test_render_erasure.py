"""Somebody has deleted their account: render forgets their films, and what lies in the store of them goes."""

import json

import asyncpg
import pytest
import pytest_asyncio
from render_world import everything

from philo_contracts.envelope import wrap
from philo_contracts.events import UserErased
from philo_kernel.database import engine_for
from philo_kernel.erasure import erase_tenant
from philo_kernel.migrate import migrate
from philo_kernel.unit import unit_of_work
from philo_render.erasure import erase_films
from philo_render.handlers import advance_film

pytestmark = pytest.mark.stack


@pytest_asyncio.fixture
async def engine(database):
    await migrate("render", database)
    made = engine_for(database, pool=4)
    yield made
    await made.dispose()


async def hears_of(engine, job: str, owner: str) -> None:
    async with unit_of_work(engine, "render") as unit:
        for fact in everything():
            known = fact.model_copy(update={"job": job} | ({"user": owner} if hasattr(fact, "user") else {}))
            unit.cause = wrap(known, source=fact.source, stream="test", version=1, tenant=owner)
            await advance_film.react(known, unit)


async def erased(engine, user: str) -> None:
    async with unit_of_work(engine, "render") as unit:
        for handler in (erase_tenant, erase_films):
            await handler.react(UserErased(user=user), unit)


async def test_their_films_and_work_go_and_the_store_is_cleared_of_them(engine, database):
    await hears_of(engine, "of-ada", "ada")
    await hears_of(engine, "of-bob", "bob")
    await erased(engine, "ada")
    connection = await asyncpg.connect(database)
    try:
        films = [row["job"] for row in await connection.fetch("select job from film")]
        tasks = await connection.fetch("select entrypoint, headers->>'tenant' as tenant, payload from pgqueuer")
    finally:
        await connection.close()
    assert films == ["of-bob"]
    assert {row["tenant"] for row in tasks if row["entrypoint"] != "Clear"} == {"bob"}
    clears = [json.loads(row["payload"]) for row in tasks if row["entrypoint"] == "Clear"]
    assert [sorted(clear["prefixes"]) for clear in clears] == 2 * [
        ["exports/job_of-ada/", "outputs/job_of-ada/", "processed/of-ada.jpg", "thumbnails/of-ada.jpg"]
    ]
