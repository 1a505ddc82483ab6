"""Facts reach Kafka in the order in which they were written, each at least once, none never."""

import asyncio
from contextlib import asynccontextmanager
from functools import partial

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.errors import KafkaError
from kernel_toys import until, wound

from philo_contracts.envelope import Envelope
from philo_kernel import kafka, relay, store
from philo_kernel.relay import Relay
from philo_kernel.service import ended, restarting

pytestmark = pytest.mark.stack
TRACE = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"


@pytest.fixture
async def topic(servers, topic_prefix) -> str:
    name = f"{topic_prefix}toy"
    await kafka.ensure_topics(servers.kafka, [name], 2, 1)
    return name


@pytest.fixture
def producing(servers):
    return partial(kafka.producing, servers.kafka)


@asynccontextmanager
async def relaying(dsn, topic, producing):
    part = asyncio.create_task(restarting("relay", Relay(dsn, topic, producing).run))
    try:
        yield
    finally:
        await ended(part)


async def records(servers, topic, count: int) -> list[ConsumerRecord]:
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=servers.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        async with asyncio.timeout(30):
            return [await anext(consumer) for _ in range(count)]
    finally:
        await consumer.stop()


async def published(servers, topic, count: int) -> list[Envelope]:
    return [Envelope.model_validate_json(record.value) for record in await records(servers, topic, count)]


def emptied(look):
    async def empty() -> bool:
        return await look.value("select count(*) = 0 from outbox")

    return empty


async def test_facts_of_a_stream_keep_their_order_and_the_outbox_is_emptied(servers, dsn, look, topic, producing):
    facts = [wound(job, turn) for turn in range(1, 8) for job in "abc"]
    async with relaying(dsn, topic, producing):
        for start in range(0, len(facts), 5):
            await store.append(look.connection, facts[start : start + 5])
        await until(emptied(look))
    seen = await published(servers, topic, len(facts))
    assert [[f.streamversion for f in seen if f.correlationid == job] for job in "abc"] == [list(range(1, 8))] * 3


async def test_what_a_consumer_wants_to_know_first_lies_in_the_headers(servers, dsn, look, topic, producing):
    quiet, traced = wound("a", 1), wound("a", 2).model_copy(update={"traceparent": TRACE})
    await store.append(look.connection, [quiet, traced])
    async with relaying(dsn, topic, producing):
        await until(emptied(look))
    assert [dict(record.headers) for record in await records(servers, topic, 2)] == [
        {"id": str(quiet.id).encode(), "type": b"ToyWound"},
        {"id": str(traced.id).encode(), "type": b"ToyWound", "traceparent": TRACE.encode()},
    ]


async def test_a_late_commit_with_a_lower_position_is_not_skipped(servers, dsn, look, topic, producing):
    late = await asyncpg.connect(dsn)
    try:
        async with relaying(dsn, topic, producing):
            transaction = late.transaction()
            await transaction.start()
            await store.append(late, [wound("late")])
            await store.append(look.connection, [wound("early")])
            await until(emptied(look))
            await transaction.commit()
            await until(emptied(look))
    finally:
        await late.close()
    assert {fact.correlationid for fact in await published(servers, topic, 2)} == {"early", "late"}


async def test_what_was_sent_and_not_forgotten_is_sent_again(servers, dsn, look, topic, producing, monkeypatch):
    await store.append(look.connection, [wound("a")])
    fails_to_forget = relay.WAITING.replace("limit $1", "limit $1 / (1 - least(1, cardinality($2::bigint[])))")
    monkeypatch.setattr(relay, "WAITING", fails_to_forget)
    dying = asyncio.create_task(Relay(dsn, topic, producing).run())
    await asyncio.wait({dying})
    assert isinstance(dying.exception(), asyncpg.DivisionByZeroError)
    monkeypatch.undo()
    async with relaying(dsn, topic, producing):
        await until(emptied(look))
    first, second = await published(servers, topic, 2)
    assert first == second


async def test_a_failed_send_ends_the_run_and_is_never_skipped(servers, dsn, look, topic, producing):
    broken = []

    @asynccontextmanager
    async def at_first_broken():
        async with producing() as client:
            if not broken:
                broken.append(client)

                async def refuse(*_, **__):
                    raise KafkaError("no")

                client.send = refuse
            yield client

    await store.append(look.connection, [wound("a", 1), wound("a", 2)])
    async with relaying(dsn, topic, at_first_broken):
        await until(emptied(look))
    assert [fact.streamversion for fact in await published(servers, topic, 2)] == [1, 2]
    assert broken


async def test_a_fact_whose_key_is_lost_waits_for_it_with_all_behind_it_and_what_is_before_goes_once(
    servers, dsn, look, topic, producing
):
    facts = [wound("a", 1), wound("a", 2, tenant="ada"), wound("b", 1)]
    await store.append(look.connection, facts)
    secret = await look.value("delete from data_key returning secret")
    relay = Relay(dsn, topic, producing)
    async with producing() as producer:
        sent = await relay.publish(look.connection, producer, ())
        assert len(sent) == 1
        for _ in range(2):
            with pytest.raises(store.Unreadable):
                await relay.publish(look.connection, producer, sent)
    assert await look.value("select count(*) from outbox") == 2
    await look.connection.execute("insert into data_key(tenant, secret) values ('ada', $1)", secret)
    async with relaying(dsn, topic, producing):
        told = await published(servers, topic, 3)
    assert sorted(one.id for one in told) == sorted(one.id for one in facts)


async def test_of_two_relays_one_publishes_and_the_other_takes_over(dsn, look, topic, producing):
    holder = (
        "select pid from pg_locks join pg_database d on d.oid = database"
        " where locktype = 'advisory' and granted and objid = 7001 and datname = current_database()"
    )
    async with relaying(dsn, topic, producing), relaying(dsn, topic, producing):
        await until(lambda: look.value(holder))
        first = await look.value(holder)
        await look.connection.execute("select pg_terminate_backend($1)", first)
        await store.append(look.connection, [wound("a")])
        await until(emptied(look))
        assert await look.value(holder) != first


async def test_a_fact_of_the_largest_size_passes_the_broker(servers, dsn, look, topic, producing):
    await store.append(look.connection, [wound("a", note="x" * (store.MAX_BYTES - 1000))])
    async with relaying(dsn, topic, producing):
        await until(emptied(look))
