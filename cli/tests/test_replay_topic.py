"""Kafka is read back into an empty event store: in order, once, without whoever was erased, and without publishing it."""

from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest
import pytest_asyncio

from philo.replay.topic import erasures, store_of
from philo.stack.errors import StackError
from philo.testing_service import migrated_database
from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import JobQueued, JobRequested, SceneProgressed, UserErased
from philo_kernel import kafka, store
from philo_kernel.relay import LOCK
from philo_kernel.replay.topic import NoTopic, records
from philo_kernel.replay.topic_store import Gap, NotEmpty, Restored, lay_down, reserve, restore

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def url(servers) -> Iterator[str]:
    with migrated_database(servers, "gateway") as made:
        yield made


@pytest_asyncio.fixture
async def own(url: str) -> AsyncIterator[asyncpg.Connection]:
    """All that a test brings is taken back, so that the next one finds an empty store."""
    connection = await asyncpg.connect(url)
    around = connection.transaction()
    await around.start()
    yield connection
    await around.rollback()
    await connection.close()


class Topics:
    """What was said of jobs, put down as a relay would, and worse."""

    def __init__(self, bootstrap: str, prefix: str) -> None:
        self.bootstrap, self.prefix = bootstrap, prefix
        self.names = {name: f"{prefix}.{name}" for name in ("gateway", "auth")}

    async def put(self, *placed: tuple[int, Envelope | bytes], name: str = "gateway") -> None:
        async with kafka.producing(self.bootstrap) as producer:
            for partition, fact in placed:
                body = fact if isinstance(fact, bytes) else fact.model_dump_json().encode()
                await producer.send_and_wait(self.names[name], body, key=b"key", partition=partition)

    async def restored(self, own: asyncpg.Connection) -> Restored:
        found = Restored()
        await reserve(own)
        async for some in records(self.bootstrap, [self.names["gateway"]]):
            await lay_down(own, some, found)
        await restore(own, await erasures(self.bootstrap, self.prefix), found)
        return found


@pytest_asyncio.fixture
async def topics(servers, topic_prefix: str) -> Topics:
    made = Topics(servers.kafka, topic_prefix)
    await kafka.ensure_topics(servers.kafka, list(made.names.values()), 3, 1)
    return made


def story(job: str, user: str = "ada", news: int = 3) -> list[Envelope]:
    facts = [JobRequested(job=job, user=user, script="Words."), JobQueued(job=job)]
    facts += [SceneProgressed(job=job, scene="s1", revision=1, done=done, total=9) for done in range(news)]
    numbered = enumerate(facts, 1)
    return [wrap(one, source="gateway", stream=f"job/{job}", version=at, tenant=user) for at, one in numbered]


async def test_streams_come_back_whole_in_their_order_and_sealed_anew(own, topics: Topics) -> None:
    one, other = story("one"), story("other")
    await topics.put(*((1, fact) for fact in one), *((2, fact) for fact in other))
    found = await topics.restored(own)
    assert (found.facts, found.gaps, found.twice) == (10, [], 0)
    assert await store.load(own, "job/one") == one
    assert await store.load(own, "job/other") == other
    assert await own.fetchval("select count(*) from event where envelope is not null") == 0


async def test_nothing_of_it_is_published_again(own, topics: Topics) -> None:
    await topics.put(*((0, fact) for fact in story("one")))
    await topics.restored(own)
    assert await own.fetchval("select count(*) from outbox") == 0


async def test_positions_follow_versions_though_a_stream_moved_to_another_partition(own, topics: Topics) -> None:
    first, second, *later = story("one")
    await topics.put(*((0, fact) for fact in later), (2, first), (1, second))
    await topics.restored(own)
    rows = await own.fetch("select version from event order by position")
    assert [row["version"] for row in rows] == [1, 2, 3, 4, 5]


async def test_what_came_twice_is_there_once_and_another_fact_at_its_place_is_told(own, topics: Topics) -> None:
    facts = story("one")
    strange = facts[1].model_copy(update={"id": facts[1].id.__class__(int=7)})
    await topics.put(*((0, fact) for fact in [*facts, *facts, strange]))
    found = await topics.restored(own)
    assert (found.records, found.facts, found.twice) == (11, 5, 5)
    assert found.otherwise == ["job/one@2"]
    assert (await store.load(own, "job/one"))[1] == facts[1]


async def test_gaps_and_what_nobody_can_read_are_told(own, topics: Topics) -> None:
    facts = story("one", news=6)
    await topics.put((0, b"no fact"), *((0, fact) for fact in (*facts[2:4], *facts[6:])))
    found = await topics.restored(own)
    assert found.gaps == [Gap("job/one", 1, 2), Gap("job/one", 5, 6)]
    assert len(found.unreadable) == 1
    assert found.unreadable[0].startswith(f"{topics.names['gateway']}[0]@0")


async def test_who_was_erased_does_not_come_back_and_cannot_be_written_of(own, topics: Topics) -> None:
    await topics.put(*((0, fact) for fact in [*story("hers", "eve"), *story("his", "bob")]))
    gone = wrap(UserErased(user="eve"), source="auth", stream="erasure/eve", version=1)
    await topics.put((0, gone), name="auth")
    found = await topics.restored(own)
    assert (found.facts, found.erased) == (5, 5)
    assert await own.fetchval("select erased_at from data_key where tenant = 'eve'") == gone.time
    with pytest.raises(store.TenantErased):
        await store.append(own, story("more", "eve"))


async def test_a_store_that_holds_facts_is_left_alone(own) -> None:
    await store.append(own, story("there"))
    with pytest.raises(NotEmpty, match="empty"):
        await reserve(own)


async def test_what_somebody_says_while_kafka_is_read_is_not_lost(own, topics: Topics) -> None:
    await topics.put(*((0, fact) for fact in story("one")))
    found = Restored()
    await reserve(own)
    async for some in records(topics.bootstrap, [topics.names["gateway"]]):
        await lay_down(own, some, found)
    await store.append(own, story("there"))
    with pytest.raises(NotEmpty, match="empty"):
        await restore(own, {}, found)
    assert await own.fetchval("select count(*) from outbox") == 5


async def test_a_store_whose_service_runs_is_left_alone(own, url: str) -> None:
    relay = await asyncpg.connect(url)
    await relay.execute(f"select pg_advisory_lock({LOCK})")
    with pytest.raises(NotEmpty, match="running"):
        await reserve(own)
    await relay.close()


async def test_a_topic_that_is_not_there_is_named(servers) -> None:
    with pytest.raises(NoTopic, match="nowhere"):
        _ = [some async for some in records(servers.kafka, ["nowhere"])]


def test_a_service_takes_its_own_facts_only() -> None:
    with pytest.raises(StackError, match=r"philo\.auth"):
        store_of("gateway", ["philo.auth"])
