"""`philo replay record` saves what all services had at one moment."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from philo.replay.record_moment import TRIES, at_one_moment
from philo.replay.record_reading import kept, read
from philo.stack.errors import StackError
from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import JobQueued, ModerationStarted
from philo_kernel import inbox, store
from philo_kernel.replay.recording import Recording
from tests.replay.story_world import databases_of

pytestmark = [pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("story")]
Connections = Mapping[str, asyncpg.Connection]


@pytest.fixture(scope="module")
def databases(servers) -> Iterator[dict[str, str]]:
    with databases_of(servers) as made:
        yield made


@pytest_asyncio.fixture
async def readers(databases) -> AsyncIterator[Connections]:
    async with AsyncExitStack() as open_:
        yield {name: await kept(name, url, open_) for name, url in databases.items()}


@pytest_asyncio.fixture
async def writers(databases) -> AsyncIterator[Connections]:
    async with AsyncExitStack() as open_:
        yield {name: await kept(name, url, open_) for name, url in databases.items()}


@pytest.fixture
def job() -> str:
    return str(uuid4())


def queued(job: str, version: int = 1) -> Envelope:
    return wrap(JobQueued(job=job), source="gateway", stream=f"job/{job}", version=version)


def started(cause: Envelope) -> Envelope:
    job = cause.correlationid
    fact = ModerationStarted(job=job, user="ada")
    return wrap(fact, source="analysis", stream=f"moderation/{job}", version=1, because=cause.id)


async def answered(writers: Connections, cause: Envelope) -> None:
    """Gateway says it, analysis hears it and answers."""
    await store.append(writers["gateway"], [cause])
    async with writers["analysis"].transaction():
        await inbox.first_times(writers["analysis"], "judge", [cause])
        await store.append(writers["analysis"], [started(cause)])


async def test_a_job_that_rests_is_read_once(readers, writers, job):
    await answered(writers, queued(job))
    reads = 0

    async def reading() -> Recording:
        nonlocal reads
        reads += 1
        return await read(readers, job, {})

    found = await at_one_moment(readers, job, reading)
    assert (reads, [one.fact.type for one in found.facts]) == (1, ["JobQueued", "ModerationStarted"])
    assert [one.handler for one in found.handled] == ["judge"]


async def test_what_is_said_between_two_databases_is_in_it_with_its_cause(readers, writers, job):
    """When gateway's has been read and that of analysis has not: the answer alone would be found."""
    await store.append(writers["gateway"], [queued(job)])
    cause = queued(job, 2)

    async def reading() -> Recording:
        if not await writers["analysis"].fetchval("select count(*) from event where key = $1", job):
            await readers["gateway"].fetchval("select 1")  # from here on it sees nothing that is new
            await answered(writers, cause)
        return await read(readers, job, {})

    found = await at_one_moment(readers, job, reading)
    known = {one.fact.id for one in found.facts}
    assert len(known) == 3
    assert {one.fact.causationid for one in found.facts} <= {None, *known}


async def test_a_database_does_not_change_while_it_is_read(readers, writers, job):
    await store.append(writers["gateway"], [queued(job)])

    async def reading() -> Recording:
        first = await read(readers, job, {})
        if not await writers["analysis"].fetchval("select count(*) from event where key = $1", job):
            await answered(writers, queued(job, 2))
            assert (await read(readers, job, {})).facts == first.facts
        return first

    assert len((await at_one_moment(readers, job, reading)).facts) == 3


async def test_a_job_of_which_something_is_said_all_the_time_is_refused_in_words(readers, writers, job):
    await store.append(writers["gateway"], [queued(job)])
    versions = iter(range(2, TRIES + 2))

    async def reading() -> Recording:
        found = await read(readers, job, {})
        await store.append(writers["gateway"], [queued(job, next(versions))])
        return found

    with pytest.raises(StackError, match="Record it when it rests"):
        await at_one_moment(readers, job, reading)
