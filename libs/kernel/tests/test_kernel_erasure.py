"""What is said of somebody lies sealed with their own key, and whoever deletes the key has erased it."""

import asyncio
import json
from contextlib import nullcontext

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from cryptography.exceptions import InvalidTag
from kernel_toy_service import wind
from kernel_toys import Ring, ToyRang, lying, wound

from philo_contracts.envelope import wrap
from philo_contracts.events import UserErased
from philo_kernel import data_keys, dead_letters, kafka, store
from philo_kernel.consumer import Consumer
from philo_kernel.data_keys import TenantErased
from philo_kernel.dead_letters import Parcel
from philo_kernel.erasure import erase_tenant
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
ADA, BOB = "ada", "bob"
SECRET = "the dragon Zwalibor"
TABLES = "select tablename from pg_tables where schemaname = 'public'"


async def erased(engine, *users: str) -> None:
    async with unit_of_work(engine, "toy") as unit:
        for user in users:
            await erase_tenant.react(UserErased(user=user), unit)


async def lies_in(look, words: str) -> list[str]:
    """Tables with a row that holds these words, as text or as bytes."""
    told = [f"%{words}%", f"%{words.encode().hex()}%"]
    found = "select exists (select from {} t where t::text like any($1))"
    return [table for table in await look.column(TABLES) if await look.value(found.format(table), told)]


async def test_what_is_said_of_somebody_can_be_read_back_and_is_nowhere_in_the_clear(look):
    fact = wound("a", note=SECRET, tenant=ADA)
    await store.append(look.connection, [fact])
    assert await store.load(look.connection, "toy/a") == [fact]
    assert await lies_in(look, SECRET) == []


async def test_what_is_nobodys_is_not_sealed(look):
    await store.append(look.connection, [wound("a", note=SECRET)])
    assert await lies_in(look, SECRET) == ["event"]


async def test_everybody_has_a_key_of_their_own_however_many_ask_for_it_at_once(engine, look):
    async def say(turn: int) -> None:
        async with unit_of_work(engine, "toy") as unit:
            await store.append(unit.connection, [wound("a", turn, tenant=ADA), wound("b", turn, tenant=BOB)])

    await asyncio.gather(*(say(turn) for turn in range(1, 7)))
    secrets = await look.column("select secret from data_key order by tenant")
    assert len(set(secrets)) == 2
    assert [len(await store.load(look.connection, f"toy/{job}")) for job in "ab"] == [6, 6]


async def test_the_facts_of_whoever_is_erased_are_gone_and_those_of_others_are_not(engine, look):
    await store.append(look.connection, [wound("a", tenant=ADA), wound("b", tenant=BOB)])
    await erased(engine, ADA)
    assert await store.load(look.connection, "toy/a") == []
    assert len(await store.load(look.connection, "toy/b")) == 1


@pytest.mark.parametrize("loses", ["delete from data_key", "update data_key set secret = sha256('another')"])
async def test_a_lost_key_is_no_erasure_and_whoever_needs_it_is_told(look, loses):
    await store.append(look.connection, [wound("a", tenant=ADA)])
    await look.connection.execute(loses)
    with pytest.raises(store.Unreadable, match="backup"):
        await store.load(look.connection, "toy/a")


async def test_a_sealed_fact_opens_in_its_own_place_only(look):
    first, second = wound("a", 1, tenant=ADA), wound("a", 2, tenant=ADA)
    secret = (await data_keys.keys_of(look.connection, {ADA}))[ADA]
    sealed = data_keys.seal(secret, first.id, b"{}")
    assert data_keys.opened(secret, first.id, sealed) == b"{}"
    with pytest.raises(InvalidTag):
        data_keys.opened(secret, second.id, sealed)


async def test_nothing_more_is_written_of_somebody_who_was_erased(engine, look):
    await erased(engine, ADA)
    with pytest.raises(TenantErased):
        await store.append(look.connection, [wound("a", tenant=ADA)])
    assert (await look.counts())["event"] == 0


async def test_who_was_erased_elsewhere_is_refused_where_their_key_is_remembered(engine, look):
    await store.append(look.connection, [wound("a", tenant=ADA)])
    async with asyncio.timeout(10):
        while ADA not in data_keys.remembered[look.connection]:  # once all that was on at its making has ended
            await data_keys.keys_of(look.connection, {ADA})
    await erased(engine, ADA)
    with pytest.raises(TenantErased):
        await store.append(look.connection, [wound("a", 2, tenant=ADA)])
    assert (await look.counts())["event"] == 1


@pytest.mark.parametrize("savepoint", [False, True])
async def test_a_key_that_was_undone_seals_nothing(look, savepoint):
    undone = look.connection.transaction()
    await undone.start()
    async with look.connection.transaction() if savepoint else nullcontext():
        for turn in (1, 2):
            await store.append(look.connection, [wound("a", turn, tenant=ADA)])
    await undone.rollback()
    fact = wound("a", tenant=ADA)
    await store.append(look.connection, [fact])
    assert await store.load(look.connection, "toy/a") == [fact]


async def test_to_erase_somebody_twice_changes_nothing(engine, look):
    await store.append(look.connection, [wound("a", tenant=ADA)])
    await erased(engine, ADA, ADA)
    before = await look.value("select erased_at from data_key")
    await erased(engine, ADA)
    assert await look.value("select erased_at from data_key") == before


async def test_a_unit_that_was_faster_is_waited_for_and_erased(engine, look):
    """An erasure that did not wait would leave what it could not see."""
    async with unit_of_work(engine, "toy") as unit:
        await store.append(unit.connection, [wound("a", tenant=ADA)])
        await unit.connection.execute("insert into heard(handler, job, turn) values ('ada', 'a', 1)")

        async def erase() -> int:
            async with unit_of_work(engine, "toy") as other:
                await erase_tenant.react(UserErased(user=ADA), other)
                return await other.connection.fetchval("select count(*) from heard where handler = 'ada'")

        erasing = asyncio.create_task(erase())
        waits = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        async with asyncio.timeout(10):
            while not await look.value(waits):  # noqa: ASYNC110 - the condition lies in a server
                await asyncio.sleep(0.02)
    assert await erasing == 1


async def test_what_is_still_told_of_them_is_not_heard(engine, look):
    async def tell_dead(record) -> None:
        raise AssertionError(f"parked: {record}")

    consumer = Consumer("toy", [wind], engine, tell_dead)
    await erased(engine, ADA)
    await consumer.receive(lying(wound("a", 1, tenant=ADA), wound("b", 1, tenant=BOB)))
    counts = await look.counts()
    assert counts["inbox"] > 0
    assert await look.column("select distinct job from heard") == ["b"]
    assert counts["dead_letter"] == 0


async def test_their_work_and_their_letters_go_with_them_and_nobody_elses(engine, look):
    for who in (ADA, BOB):
        fact = wound(f"job-of-{who}", note=SECRET, tenant=who)
        parcel = Parcel("event", "wind", fact.model_dump_json().encode(), SECRET, 1, stream=fact.subject, tenant=who)
        async with unit_of_work(engine, "toy", fact) as unit:
            unit.start(Ring(job=fact.correlationid))
            await dead_letters.park(unit.connection, parcel)
            aside = "insert into laid_aside(job, entrypoint, headers) values ($1, 'Ring', $2)"
            await unit.connection.execute(aside, fact.correlationid, json.dumps({"tenant": who}))
    await erased(engine, ADA)
    assert await look.column("select headers->>'tenant' from pgqueuer") == [BOB]
    assert await look.column("select tenant from dead_letter") == [BOB]
    assert await look.column("select headers->>'tenant' from laid_aside") == [BOB]


async def test_a_letter_that_comes_too_late_is_not_kept(engine, look):
    await erased(engine, ADA)
    async with unit_of_work(engine, "toy") as unit:
        kept = await dead_letters.park(unit.connection, Parcel("event", "wind", b"{}", SECRET, 1, tenant=ADA))
    assert kept is None
    assert (await look.counts())["dead_letter"] == 0


async def test_kafka_forgets_what_was_said_after_a_week(servers, topic_prefix):
    name = f"{topic_prefix}toy"
    await kafka.ensure_topics(servers.kafka, [name], 1, 1)
    admin = AIOKafkaAdminClient(bootstrap_servers=servers.kafka)
    await admin.start()
    try:
        [answer] = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name)])
    finally:
        await admin.close()
    known = {key: value for key, value, *_ in answer.resources[0][4]}
    day = 24 * 3600 * 1000
    assert {key: known[key] for key in ("cleanup.policy", "retention.ms", "segment.ms")} == {
        "cleanup.policy": "delete",
        "retention.ms": str(7 * day),
        "segment.ms": str(day),
    }


def test_the_word_of_an_erasure_is_nobodys_and_behind_all_else_that_auth_has_said():
    envelope = wrap(UserErased(user=ADA), source="auth", stream="erasure/ada", version=1)
    assert (envelope.tenantid, envelope.correlationid) == (None, ADA)
    assert json.loads(envelope.model_dump_json())["data"] == {"user": ADA}
    assert ToyRang(job="a").tenant is None


async def test_facts_of_one_append_leave_in_the_order_in_which_they_were_said(look):
    """Whatever plan asks whether somebody was erased: many keys tempt it to shuffle."""
    keys = "select 'u' || i, sha256(i::text::bytea) from generate_series(1, 500) i"
    await look.connection.execute(f"insert into data_key(tenant, secret) {keys}")
    await look.connection.execute("analyze data_key")
    facts = [wound(f"job-{turn % 7}", turn, tenant=f"u{turn}") for turn in range(1, 200)]
    await store.append(look.connection, facts)
    assert await look.column("select id from event order by position") == [fact.id for fact in facts]
