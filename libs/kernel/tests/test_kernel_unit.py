import contextlib
import socket

import asyncpg
import pytest
from kernel_toys import HEARD, Ring, ToyRang, ToyWound, wound
from sqlalchemy import text

from philo_kernel import inbox
from philo_kernel.database import engine_for
from philo_kernel.failures import DatabaseAway, database_away
from philo_kernel.store import StreamConflict
from philo_kernel.unit import RolledBack, Unit, unit_of_work

pytestmark = pytest.mark.stack
EMPTY = {"event": 0, "outbox": 0, "inbox": 0, "dead_letter": 0, "pgqueuer": 0, "heard": 0}


async def in_a_unit(engine, work) -> None:
    async with unit_of_work(engine, "toy") as unit:
        await work(unit)


async def everything(unit: Unit, event) -> None:
    await inbox.first_times(unit.connection, "hear", [event])
    await unit.session.execute(text("insert into heard(handler, job, turn) values ('hear', 'a', 1)"))
    unit.say(ToyRang(job="a"), stream="ring/a")
    unit.start(Ring(job="a"))


async def test_inbox_state_facts_and_tasks_commit_together(engine, look):
    async with unit_of_work(engine, "toy") as unit:
        await everything(unit, wound("a"))
        assert await look.counts() == EMPTY
    assert await look.counts() == {**EMPTY, "event": 1, "outbox": 1, "inbox": 1, "pgqueuer": 1, "heard": 1}


async def test_nothing_of_a_unit_stays_when_it_fails_late(engine, look):
    async def fail_late(unit: Unit) -> None:
        await everything(unit, wound("a"))
        await unit.flush()
        raise RuntimeError("late")

    with pytest.raises(RuntimeError, match="late"):
        await in_a_unit(engine, fail_late)
    assert await look.counts() == EMPTY


async def test_a_conflict_takes_the_tasks_and_the_state_with_it(engine, look):
    async with unit_of_work(engine, "toy") as unit:
        unit.say(ToyRang(job="a"), stream="ring/a")
    before = await look.counts()
    with pytest.raises(StreamConflict):
        await in_a_unit(engine, lambda unit: everything(unit, wound("a")))
    assert await look.counts() == before


async def test_an_error_that_a_handler_swallows_does_not_undo_the_unit_unseen(engine, look):
    async def careless(unit: Unit) -> None:
        await unit.connection.execute(HEARD, "hear", "a", 1)
        with contextlib.suppress(asyncpg.DivisionByZeroError):
            await unit.connection.execute("select 1 / 0")

    with pytest.raises(RolledBack):
        await in_a_unit(engine, careless)


async def test_a_task_cannot_be_enqueued_outside_a_unit(engine, look):
    unit = Unit("toy", look.connection, None)
    unit.start(Ring(job="a"))
    with pytest.raises(RuntimeError, match="inside a unit of work"):
        await unit.flush()
    assert await look.counts() == EMPTY


async def test_a_unit_sees_what_it_has_just_said(engine):
    async with unit_of_work(engine, "toy") as unit:
        unit.say(ToyWound(job="a"), stream="toy/a", version=1)
        assert [fact.type for fact in await unit.load("toy/a")] == ["ToyWound"]
        unit.say(ToyRang(job="a"), stream="toy/a", version=2)
        assert [fact.type for fact in await unit.load("toy/a")] == ["ToyWound", "ToyRang"]


async def test_hints_are_given_after_the_commit_only(engine, look):
    seen = []

    async def hint() -> None:
        seen.append(await look.counts())

    async def ring(unit: Unit) -> None:
        unit.after_commit(hint)
        unit.say(ToyRang(job="a"), stream="ring/a")

    await in_a_unit(engine, ring)
    assert [counts["event"] for counts in seen] == [1]
    with pytest.raises(StreamConflict):
        await in_a_unit(engine, ring)
    assert len(seen) == 1


async def test_a_hint_that_fails_takes_back_nothing_and_stops_no_other(engine, look):
    told = []

    async def broken() -> None:
        raise ConnectionError("nobody listens")

    async def other() -> None:
        told.append(True)

    async with unit_of_work(engine, "toy") as unit:
        unit.after_commit(broken)
        unit.after_commit(other)
        unit.say(ToyRang(job="a"), stream="ring/a")
    assert (told, (await look.counts())["event"]) == ([True], 1)


async def test_what_is_written_at_the_end_keeps_the_cause_it_was_registered_with(engine, look):
    causes = [wound("a", 1), wound("a", 2)]
    async with unit_of_work(engine, "toy") as unit:
        for cause in causes:
            unit.cause = cause

            async def write(turn=cause.streamversion) -> None:
                unit.say(ToyRang(job="a", turn=turn), stream="ring/a", version=turn)

            unit.before_commit(write)
    async with unit_of_work(engine, "toy") as unit:
        assert [fact.causationid for fact in await unit.load("ring/a")] == [cause.id for cause in causes]


async def test_a_pool_without_a_free_connection_is_a_database_that_is_away(dsn):
    engine = engine_for(dsn, pool=1)
    engine.pool._timeout = 0.05
    try:
        async with unit_of_work(engine, "toy"):
            with pytest.raises(DatabaseAway) as refused:
                async with unit_of_work(engine, "toy"):
                    pass
    finally:
        await engine.dispose()
    assert database_away(refused.value)


async def test_a_database_that_does_not_answer_is_away_and_not_slow(dsn):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        engine = engine_for(f"postgresql://toy@127.0.0.1:{port}/toy", timeout=0.2)
        with pytest.raises(DatabaseAway):
            async with unit_of_work(engine, "toy"):
                pass
        await engine.dispose()
