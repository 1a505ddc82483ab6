"""A service's part of a story, as it lies in its database."""

import asyncpg
import pytest
from kernel_toy_work import AT_ONCE, a_worker, broke, nothing_left, order
from kernel_toys import Polish, Ring, ToyRang, ToyWound, until, wound

from philo_contracts.envelope import wrap
from philo_kernel import data_keys, inbox, store
from philo_kernel.dead_letters import Parcel, park
from philo_kernel.replay.story_reading import chapter
from philo_kernel.unit import unit_of_work
from philo_kernel.work import task

pytestmark = pytest.mark.stack


async def test_it_tells_what_was_said_in_order_and_nothing_of_other_jobs(look):
    await store.append(look.connection, [wound("a", 1), wound("a", 2), wound("b", 1)])
    found = await chapter(look.connection, "toy", "a")
    assert [(one.stream, one.version, one.published) for one in found.told] == [
        ("toy/a", 1, False),
        ("toy/a", 2, False),
    ]
    await look.connection.execute("delete from outbox")
    assert all(one.published for one in (await chapter(look.connection, "toy", "a")).told)


async def test_it_tells_when_the_causes_were_taken_up_and_by_whom(look):
    cause = wound("elsewhere")
    effect = wrap(ToyRang(job="a"), source="toy", stream="ring/a", version=1, because=cause.id)
    async with look.connection.transaction():
        await inbox.first_times(look.connection, "wind", [cause, wound("other")])
        await inbox.first_times(look.connection, "polish", [cause])
    await store.append(look.connection, [effect])
    found = await chapter(look.connection, "toy", "a")
    assert [(one.handler, one.event) for one in found.heard] == [("polish", cause.id), ("wind", cause.id)]


async def test_it_tells_what_waits_and_why(engine, look):
    cause = wound("a")
    async with unit_of_work(engine, "toy", cause) as unit:
        unit.start(Ring(job="a", turn=1))
        unit.start(Ring(job="b", turn=1))
    await look.connection.execute(
        "insert into laid_aside(job, entrypoint, payload, headers) values ('a', 'Polish', $1, $2::jsonb)",
        b'{"job": "a", "scene": "s01"}',
        '{"job": "a", "attempt": "1"}',
    )
    found = await chapter(look.connection, "toy", "a")
    assert [(one.task, one.state, one.scene, one.cause) for one in found.waiting] == [
        ("Ring", "waiting", None, cause.id),
        ("Polish", "aside", "s01", None),
    ]


async def test_work_under_way_is_running(engine, dsn, look):
    seen = []

    @task(Ring)
    async def ring(work: Ring, ports: object) -> ToyRang:
        connection = await asyncpg.connect(dsn)
        seen.extend((await chapter(connection, "toy", "a")).waiting)
        await connection.close()
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    assert [(one.task, one.state, one.begun_at >= one.ordered_at) for one in seen] == [("Ring", "running", True)]


async def test_an_order_that_nobody_can_read_is_told_all_the_same(look):
    await look.connection.execute(
        "insert into pgqueuer(priority, status, entrypoint, payload, headers) values (0, 'queued', 'Ring', 'no', $1::jsonb)",
        '{"job": "a"}',
    )
    [order] = (await chapter(look.connection, "toy", "a")).waiting
    assert (order.task, order.scene, order.cause) == ("Ring", None, None)


async def test_it_tells_what_could_not_be_handled_facts_and_work(engine, dsn, look):
    @task(Polish, retries=AT_ONCE, failed=broke)
    async def polish(work: Polish, ports: object) -> ToyRang:
        raise KeyError("x")

    fact = wound("a")
    parcel = Parcel(
        "event", "wind", b"{}", ValueError("odd"), 1, event=fact.id, key=b"a", topic="t", part=0, log_offset=1
    )
    async with unit_of_work(engine, "toy") as unit:
        await park(unit.connection, parcel)
        await park(unit.connection, Parcel("event", "wind", b"{}", ValueError("odd"), 1, key=b"b"))
    await order(engine, Polish(job="a"))
    async with a_worker(engine, dsn, polish):
        await until(nothing_left(look))
    letters = (await chapter(look.connection, "toy", "a")).parked
    assert [(one.kind, one.handler, one.event_id) for one in letters] == [
        ("event", "wind", fact.id),
        ("task", "Polish", None),
    ]


async def test_of_somebody_who_was_erased_only_that_something_was_said_is_told(look):
    secret = wrap(ToyWound(job="a", note="secret"), source="toy", stream="toy/a", version=1, tenant="ada")
    await store.append(look.connection, [secret])
    await data_keys.erase(look.connection, "ada")
    [one] = (await chapter(look.connection, "toy", "a")).told
    assert (one.id, one.type, one.envelope) == (secret.id, "ToyWound", None)
    assert "secret" not in one.model_dump_json()


async def test_reading_changes_nothing(look):
    await store.append(look.connection, [wound("a")])
    before = await look.counts()
    await chapter(look.connection, "toy", "a")
    assert await look.counts() == before
