import asyncio

import asyncpg
import pytest
from kernel_toys import wound

from philo_kernel import store
from philo_kernel.store import FactTooLarge, StreamConflict

pytestmark = pytest.mark.stack


async def test_of_two_who_write_one_version_exactly_one_wins(dsn, look):
    first, second = await asyncpg.connect(dsn), await asyncpg.connect(dsn)
    try:
        ends = await asyncio.gather(
            store.append(first, [wound("a", note="first")]),
            store.append(second, [wound("a", note="second")]),
            return_exceptions=True,
        )
    finally:
        await first.close()
        await second.close()
    assert sorted(type(end) for end in ends if end) == [StreamConflict]
    assert (await look.counts())["event"] == 1


async def test_of_several_facts_all_are_written_or_none(look):
    await store.append(look.connection, [wound("a", 2)])
    with pytest.raises(StreamConflict, match="toy/a"):
        await store.append(look.connection, [wound("a", 1), wound("a", 2)])
    assert [fact.streamversion for fact in await store.load(look.connection, "toy/a")] == [2]


@pytest.mark.parametrize("change", ["update event set type = 'other'", "delete from event", "truncate event cascade"])
async def test_a_fact_can_neither_be_changed_nor_removed(look, change):
    await store.append(look.connection, [wound("a")])
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await look.connection.execute(change)


async def test_a_fact_too_large_for_the_broker_is_refused_before_anything_is_written(look):
    with pytest.raises(FactTooLarge, match="toy/a has"):
        await store.append(look.connection, [wound("a", 1), wound("a", 2, note="é" * (store.MAX_BYTES // 2))])
    assert (await look.counts())["event"] == 0


async def test_every_fact_is_in_the_outbox_whoever_writes_it(look):
    await store.append(look.connection, [wound("a", 1), wound("a", 2)])
    assert await look.column("select version from outbox join event using (position)") == [1, 2]


@pytest.mark.parametrize("plan", ["nestloop", "hashjoin", "mergejoin"])
async def test_facts_leave_in_the_order_in_which_they_were_said_however_the_append_is_planned(look, plan):
    """An anti-join looks for those who were erased, and hash joins hand out rows in any order."""
    for other in {"nestloop", "hashjoin", "mergejoin"} - {plan}:
        await look.connection.execute(f"set enable_{other} = off")
    facts = [
        wound(f"job-{turn % 7}", turn).model_copy(update={"tenantid": f"user-{turn % 50}"}) for turn in range(1, 400)
    ]
    await store.append(look.connection, facts)
    assert await look.column("select version from event order by position") == list(range(1, 400))


async def test_a_stream_is_read_in_order_from_any_version(look):
    facts = [wound("a", turn) for turn in (3, 1, 2)]
    await store.append(look.connection, facts)
    assert await store.load(look.connection, "toy/a") == [facts[1], facts[2], facts[0]]
    assert await store.load(look.connection, "toy/a", after=2) == [facts[0]]
