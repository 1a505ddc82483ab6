"""`philo doctor` looks at real servers: what is broken there on purpose, it finds."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from philo.doctor import belongings, clocks, databases, parts, topics
from philo.doctor.finding import Finding, Verdict
from philo.stack import Endpoints, Row, Stack, State
from philo.stack.ports import choose
from philo.testing_service import migrated_database
from philo_contracts.topics import SERVICES, topic
from philo_kernel import dead_letters
from philo_kernel.dead_letters import Parcel

pytestmark = pytest.mark.stack


@pytest.fixture(scope="session")
def tts_database(servers: Endpoints) -> Iterator[str]:
    with migrated_database(servers, "tts") as url:
        yield url


@pytest.fixture
async def connection(tts_database: str) -> AsyncIterator[asyncpg.Connection]:
    """What is done in it is undone afterwards, but for what is committed."""
    opened = await asyncpg.connect(tts_database)
    yield opened
    await opened.close()


async def looked(url: str) -> dict[str, Verdict]:
    return {one.name: one.verdict for one in await databases.look("tts", url)}


async def test_a_database_that_was_just_migrated_is_well(tts_database: str) -> None:
    assert await looked(tts_database) == {"tts's data": Verdict.FINE}


async def test_a_database_that_was_never_migrated_is_told(database: str) -> None:
    [found] = await databases.look("tts", database)
    assert (found.verdict, "migrated to nothing" in found.words) == (Verdict.WRONG, True)
    assert "philo_kernel.migrate" in found.advice


@pytest.mark.parametrize(("revision", "words"), [("kernel_0001", "the code wants"), ("kernel_9999", "does not know")])
async def test_migrations_that_are_behind_or_ahead_are_told(servers: Endpoints, revision: str, words: str) -> None:
    with migrated_database(servers, "tts") as url:
        opened = await asyncpg.connect(url)
        await opened.execute("update kernel_version set version_num = $1", revision)
        await opened.close()
        [found] = await databases.look("tts", url)
    assert (found.verdict, words in found.words) == (Verdict.WRONG, True)


async def test_letters_are_told(tts_database: str, connection: asyncpg.Connection) -> None:
    parcel = Parcel("event", "speak", b"{}", "broken", 1, event=uuid4(), stream="job/1")
    number = await dead_letters.park(connection, parcel)
    assert await looked(tts_database) == {"tts's letters": Verdict.WRONG}
    await connection.execute("delete from dead_letter where id = $1", number)


FACT = """
    insert into event(id, stream, version, type, key, envelope, at)
    values ($1, $2, 1, 'T', 'k', '{}', now() - $3::interval)"""


async def test_an_outbox_without_a_relay_is_told(tts_database: str, connection: asyncpg.Connection) -> None:
    await connection.execute(FACT, uuid4(), f"job/{uuid4()}", timedelta(minutes=2))
    [found] = await databases.look("tts", tts_database)
    assert (found.name, found.verdict, "no relay" in found.words) == ("tts's outbox", Verdict.WRONG, True)
    await connection.execute("select pg_advisory_lock(7001)")
    [found] = await databases.look("tts", tts_database)
    assert "cannot send" in found.words
    await connection.execute("delete from outbox")


TASK = """
    insert into pgqueuer(priority, created, updated, heartbeat, execute_after, status, entrypoint, payload)
    values (0, now() - $1::interval, now(), now() - $1::interval, now() - $1::interval, $2, 'Narrate', '{}')"""


@pytest.mark.parametrize(("status", "words"), [("queued", "nobody works"), ("picked", "silent")])
async def test_tasks_that_stand_still_are_told(
    tts_database: str, connection: asyncpg.Connection, status: str, words: str
) -> None:
    await connection.execute(TASK.replace("$2", f"'{status}'"), timedelta(minutes=5))
    [found] = await databases.look("tts", tts_database)
    assert (found.name, found.verdict, words in found.words) == ("tts's tasks", Verdict.WRONG, True)
    await connection.execute("delete from pgqueuer")


async def test_a_database_that_refuses_us_or_is_not_there_is_told(servers: Endpoints, tts_database: str) -> None:
    place = tts_database.rpartition("@")[2]
    [refused] = await databases.look("tts", f"postgresql://philo:wrong@{place}")
    assert (refused.verdict, "credentials" in refused.words) == (Verdict.WRONG, True)
    [missing] = await databases.look("tts", servers.database_admin_url.rpartition("/")[0] + "/no_such_database")
    assert (missing.verdict, "no such database" in missing.words) == (Verdict.WRONG, True)
    [away] = await databases.look("tts", f"postgresql://philo:x@127.0.0.1:{choose(None, set())}/tts")
    assert (away.verdict, "cannot be reached" in away.words) == (Verdict.WRONG, True)


async def test_clocks_of_this_machine_agree_with_themselves(servers: Endpoints) -> None:
    assert (await clocks.look(servers)).verdict is Verdict.FINE


BROKEN = {
    "postgres": {"database_admin_url": "postgresql://philo:x@127.0.0.1:{port}/postgres"},
    "kafka": {"kafka": "127.0.0.1:{port}"},
    "valkey": {"redis": "redis://127.0.0.1:{port}/0"},
    "s3": {"s3_endpoint": "127.0.0.1:{port}"},
}


async def part(name: str, at: Endpoints) -> Finding:
    return await parts.look(Row(name, State.EXTERNAL), at)


@pytest.mark.parametrize("name", BROKEN)
async def test_a_server_that_is_down_is_told(servers: Endpoints, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await part(name, servers)).verdict is not Verdict.WRONG
    monkeypatch.setattr(parts, "ANSWERS_WITHIN", 1.0)  # minio tries again for minutes
    port = choose(None, set())
    found = await part(name, replace(servers, **{key: at.format(port=port) for key, at in BROKEN[name].items()}))
    assert found.verdict is Verdict.WRONG
    assert found.advice


REFUSED = {
    "postgres": lambda at: {"database_admin_url": f"postgresql://philo:no@{at.database_admin_url.rpartition('@')[2]}"},
    "valkey": lambda at: {"redis": f"redis://:no@{at.redis.rpartition('@')[2]}"},
}


@pytest.mark.parametrize("name", REFUSED)
async def test_credentials_that_are_refused_are_told(servers: Endpoints, name: str) -> None:
    found = await part(name, replace(servers, **REFUSED[name](servers)))
    assert (found.verdict, "credentials" in found.words) == (Verdict.WRONG, True), found


async def made(servers: Endpoints, counts: dict[str, int]) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=servers.kafka)
    await admin.start()
    await admin.create_topics([NewTopic(name, count, 1) for name, count in counts.items()])
    await admin.close()


async def test_topics_that_are_missing_or_unequal_are_told(servers: Endpoints, topic_prefix: str) -> None:
    [missing, _] = await topics.look(servers.kafka, topic_prefix)
    assert (missing.verdict, "missing" in missing.words) == (Verdict.WRONG, True)
    await made(servers, {topic(topic_prefix, service): 2 if service == "tts" else 1 for service in SERVICES})
    [unequal, _] = await topics.look(servers.kafka, topic_prefix)
    assert (unequal.verdict, "tts 2" in unequal.words) == (Verdict.WRONG, True)


async def test_a_service_that_hears_nothing_while_facts_wait_is_told(servers: Endpoints, topic_prefix: str) -> None:
    await made(servers, {topic(topic_prefix, service): 1 for service in SERVICES})
    name = topic(topic_prefix, "gateway")
    async with asyncio.timeout(30):
        consumer = AIOKafkaConsumer(
            name, bootstrap_servers=servers.kafka, group_id=topic(topic_prefix, "tts"), auto_offset_reset="earliest"
        )
        producer = AIOKafkaProducer(bootstrap_servers=servers.kafka)
        await consumer.start()
        await producer.start()
        await producer.send_and_wait(name, b"{}")
        await consumer.getone()
        await consumer.commit()
        [_, well] = await topics.look(servers.kafka, topic_prefix)
        await consumer.stop()
        await producer.send_and_wait(name, b"{}")
        await producer.stop()
        [_, deaf] = await topics.look(servers.kafka, topic_prefix)
    assert well.verdict is Verdict.FINE
    assert (deaf.verdict, "nobody hears for tts" in deaf.words) == (Verdict.WRONG, True)


def test_what_services_bring_along_is_here(tmp_path: Path) -> None:
    assert {one.name: one.verdict for one in belongings.look(tmp_path)} == {
        "fonts": Verdict.FINE,
        "voices": Verdict.FINE,
    }


async def test_a_stack_that_does_not_run_is_no_fault(tmp_path: Path) -> None:
    from philo.doctor.examine import examine

    found = {one.name: one for one in await examine(Stack(tmp_path))}
    assert (found["stack"].verdict, "philo up" in found["stack"].advice) == (Verdict.NOTE, True)
    assert "hello" not in found
