"""Misuse and absence come as one class from the driver; a handler's bug must not block its partition for ever."""

import asyncio
import socket

import asyncpg
import pytest
from kernel_toys import Look
from sqlalchemy import text

from philo_kernel.database import engine_for, reading
from philo_kernel.failures import DatabaseAway, database_away, in_the_way
from philo_kernel.store import StreamConflict
from philo_kernel.unit import unit_of_work


async def caught(engine, work) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - its kind is the question
        async with unit_of_work(engine, "toy") as unit:
            await work(unit)
    return caught.value


@pytest.mark.stack
class TestBugs:
    async def test_a_value_of_the_wrong_type_is_a_bug(self, engine):
        error = await caught(engine, lambda unit: unit.connection.fetchval("select $1::int", "seven"))
        assert not database_away(error)

    async def test_a_value_of_the_wrong_type_through_the_session_is_a_bug(self, engine):
        error = await caught(engine, lambda unit: unit.session.execute(text("select cast(:n as int)"), {"n": "seven"}))
        assert not database_away(error)

    async def test_an_error_does_not_repeat_what_was_to_be_stored(self, engine):
        broken = text("select cast(:n as text), 1 / 0")
        error = await caught(engine, lambda unit: unit.session.execute(broken, {"n": "a password's hash"}))
        assert "division by zero" in str(error)
        assert "hash" not in str(error)

    async def test_two_questions_at_once_on_one_connection_are_a_bug(self, engine):
        async def both(unit) -> None:
            await asyncio.gather(*(unit.connection.fetchval("select pg_sleep(0.01)") for _ in range(2)))

        assert not database_away(await caught(engine, both))


@pytest.mark.stack
class TestAway:
    @pytest.mark.parametrize("through", ["driver", "session"])
    async def test_a_connection_that_is_cut_is_the_database_away(self, engine, look: Look, through):
        async def cut(unit) -> None:
            await look.hang_up_others()
            if through == "driver":
                await unit.connection.fetchval("select 1")
            else:
                await unit.session.execute(text("select 1"))

        assert database_away(await caught(engine, cut))

    async def test_a_connection_that_is_cut_before_the_commit_is_the_database_away(self, engine, look: Look):
        assert database_away(await caught(engine, lambda unit: look.hang_up_others()))

    async def test_the_pool_recovers_from_connections_that_were_cut(self, engine, look: Look):
        async with unit_of_work(engine, "toy"), unit_of_work(engine, "toy"):
            pass
        await look.hang_up_others()
        for _ in range(2):  # whoever takes a connection before its end was heard of is told so
            try:
                async with unit_of_work(engine, "toy"):
                    pass
            except Exception as error:
                assert database_away(error)  # noqa: PT017
        async with unit_of_work(engine, "toy"), unit_of_work(engine, "toy"):
            pass


@pytest.mark.parametrize("error", [StreamConflict(), TimeoutError(), asyncpg.DeadlockDetectedError()])
def test_conflicts_deadlocks_and_timeouts_are_worth_another_try(error):
    assert in_the_way(error)
    assert not database_away(error)


@pytest.mark.parametrize("error", [ConnectionRefusedError(), asyncpg.CannotConnectNowError()])
def test_a_server_that_is_down_is_waited_for(error):
    assert database_away(error)


async def test_a_server_that_takes_the_call_and_says_nothing_is_the_database_away():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = engine_for(f"postgresql://toy@127.0.0.1:{silent.getsockname()[1]}/toy", timeout=0.05)
        with pytest.raises(DatabaseAway):
            async with reading(engine):
                pass
        await engine.dispose()
