"""The database goes by the same table of transitions as the code does."""

from importlib import import_module
from itertools import pairwise, product

import asyncpg
import pytest

from philo_contracts.job import Status
from philo_contracts.states import ways
from philo_kernel.migrate import migrations_of

STATES = list(Status)
TABLE = {(way.start.value, way.end.value) for way in ways()}
INSERT = """
    insert into job(id, user_id, kind, status, version, created_at, state, early, passed)
    values ($1, 'ada', 'video', $2, 1, now(), '{}', '[]', $3)"""


def frozen():
    return import_module("philo_gateway.migrations.versions.0005_job_states")


def test_what_the_migration_has_frozen_is_the_table_of_transitions():
    assert set(frozen().STEPS) == TABLE, f"write a migration in {migrations_of('gateway')} that replaces the trigger"


def test_old_jobs_are_given_a_way_that_the_table_allows():
    for status, path in frozen().PATHS.items():
        steps = path.strip("{}").split(",")
        assert (steps[0], steps[-1]) == ("pending", status)
        assert set(pairwise(steps)) <= TABLE


@pytest.mark.stack
async def test_the_database_refuses_every_other_step(engine):
    allowed = set()
    async with engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        for start, end in product(STATES, STATES):
            undone = raw.transaction()
            await undone.start()
            # As if it had come there: the ways there are tried by the others.
            await raw.execute("set local session_replication_role = replica")
            await raw.execute(INSERT, "x", start.value, ["pending", start.value])
            await raw.execute("set local session_replication_role = origin")
            try:
                await raw.execute(
                    "update job set status = $1, passed = passed || $2::text[] where id = 'x'", end.value, [end.value]
                )
                allowed.add((start.value, end.value))
            except asyncpg.CheckViolationError:
                pass
            await undone.rollback()
    assert allowed == TABLE


@pytest.mark.stack
@pytest.mark.parametrize(
    ("status", "passed"), [("queued", ["queued"]), ("completed", ["pending", "completed"]), ("queued", ["pending"])]
)
async def test_the_database_refuses_a_job_that_begins_otherwise(engine, status, passed):
    async with engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        with pytest.raises(asyncpg.CheckViolationError):
            await raw.execute(INSERT, "x", status, passed)


@pytest.mark.stack
async def test_what_a_job_went_through_stays(engine, ada):
    job = (await ada.ask())["id"]
    async with engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert await raw.fetchval("select passed from job where id = $1", job) == ["pending", "queued"]
        for change in ("status = 'moderating'", "passed = '{pending}'", "passed = '{pending,cancelled}'"):
            with pytest.raises(asyncpg.CheckViolationError):
                await raw.execute(f"update job set {change} where id = $1", job)
