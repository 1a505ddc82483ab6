"""A table is rebuilt from gateway's log and swapped while notify goes on hearing; nothing is lost and nothing told twice."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg
import pytest
import pytest_asyncio
from notify_world import Story, Teller

from philo.testing_service import migrated_database
from philo_kernel import store
from philo_kernel.database import engine_for
from philo_kernel.replay import projection_log
from philo_kernel.replay.projection_log import Logs, opened
from philo_kernel.replay.projection_rebuild import Rebuilding
from philo_kernel.replay.projection_shadow import CannotRebuild, discard, prepare
from philo_kernel.replay.projection_swap import Busy, Comparison, compare, swap
from philo_kernel.replay.verify import Verification
from philo_kernel.unit import transaction
from philo_notify.replaying import BALANCES, FEED, JOB_VIEWS, PROJECTIONS, QUEUE

pytestmark = pytest.mark.stack

NOTIFYS = tuple(projection for projection in PROJECTIONS if projection in (JOB_VIEWS, QUEUE, FEED))


@pytest.fixture(scope="module")
def urls(servers) -> Iterator[dict[str, str]]:
    with migrated_database(servers, "notify") as notify, migrated_database(servers, "gateway") as gateway:
        yield {"notify": notify, "gateway": gateway}


@pytest_asyncio.fixture
async def world(urls) -> AsyncIterator["World"]:
    engine = engine_for(urls["notify"], pool=4)
    gateway, notify = await asyncpg.connect(urls["gateway"]), await asyncpg.connect(urls["notify"])
    made = World(urls, gateway, notify, Teller(engine, Silent(), "ada"))
    yield made
    async with made.logs() as logs:
        await discard(logs.connections["notify"], JOB_VIEWS)
    await gateway.close()
    await notify.close()
    await engine.dispose()


class Silent:
    async def wake(self, users: set[str]) -> None:
        """Nobody listens here."""


class World:
    """Facts that gateway says, and notify hears when it is let."""

    def __init__(self, urls: dict[str, str], gateway, notify, teller: Teller) -> None:
        self.urls, self.gateway, self.notify, self.teller = urls, gateway, notify, teller

    @asynccontextmanager
    async def logs(self) -> AsyncIterator[Logs]:
        async with opened(self.urls, writable=["notify"]) as logs:
            yield logs

    async def say(self, facts, *, heard: bool = True) -> None:
        async with transaction(self.gateway):
            await store.append(self.gateway, facts)
        if heard:
            await self.teller.hears(facts)

    async def films(self, count: int) -> list[Story]:
        stories = [Story("ada") for _ in range(count)]
        for story in stories:
            await self.say(story.beginning() + story.planned())
        return stories

    async def state(self, story: Story) -> int:
        return await self.notify.fetchval("select version from job_view where id = $1", story.job)

    async def differences(self) -> list:
        async with opened(self.urls) as logs:
            looking = Verification("notify", NOTIFYS, BALANCES, logs, timedelta(0))
            return [difference async for difference in looking.of_all()]


async def built(logs: Logs) -> Rebuilding:
    await prepare(logs.connections["notify"], JOB_VIEWS, "0")
    rebuilding = Rebuilding("notify", JOB_VIEWS, logs)
    async for _ in rebuilding.build():
        pass
    while await rebuilding.follow():
        pass
    return rebuilding


async def test_it_is_swapped_under_a_running_service_and_no_news_is_lost(world: World) -> None:
    stories = await world.films(12)
    await world.notify.execute(
        "update job_view set state = state || '{\"progress\": 99}' where id = $1", stories[0].job
    )
    stopping = False

    async def writing() -> int:
        told = 0
        while not stopping:
            told += 1
            await world.say([stories[1 + told % 11].progress(told)])
        return told

    writer = asyncio.create_task(writing())
    async with world.logs() as logs:
        rebuilding = await built(logs)
        found: Comparison = await compare(rebuilding)
        await swap(rebuilding)
    stopping = True
    assert await writer > 0
    await world.say([story.progress(999) for story in stories])
    assert {(one.story, one.path) for one in found.found} == {(stories[0].job, "/state/progress")}
    assert await world.differences() == []


async def test_what_was_not_heard_yet_is_not_in_it_and_is_told_when_it_is_heard(world: World) -> None:
    [story] = await world.films(1)
    late = [story.progress(5)]
    await world.say(late, heard=False)
    async with world.logs() as logs:
        await swap(await built(logs))
    assert await world.state(story) == late[0].streamversion - 1
    await world.teller.hears(late)
    assert await world.differences() == []


async def test_where_a_key_is_lost_rows_stay_as_they_are_and_it_is_said(world: World) -> None:
    [story] = await world.films(1)
    secret = await world.gateway.fetchval("delete from data_key where tenant = 'ada' returning secret")
    try:
        async with world.logs() as logs:
            rebuilding = await built(logs)
            found: Comparison = await compare(rebuilding)
        unlike = {(one.table, one.path) for one in await world.differences()}
    finally:
        await world.gateway.execute("insert into data_key(tenant, secret) values ('ada', $1)", secret)
    assert "lost" in rebuilding.unfolded[story.job]
    assert (found.found, unlike) == ([], set())


async def test_who_begins_again_goes_on_where_it_was_broken_off(world: World, monkeypatch) -> None:
    monkeypatch.setattr(projection_log, "BATCH", 2)
    await world.films(6)
    async with world.logs() as logs:
        await prepare(logs.connections["notify"], JOB_VIEWS, "0")
        first = Rebuilding("notify", JOB_VIEWS, logs)
        async for _ in first.build():
            break
    async with world.logs() as logs:
        assert not await prepare(logs.connections["notify"], JOB_VIEWS, "0")
        second = Rebuilding("notify", JOB_VIEWS, logs)
        async for _ in second.build():
            pass
        assert (await compare(second)).agrees
    assert 0 < second.folded_now < second.facts == await world.gateway.fetchval("select count(*) from event")


async def test_one_that_was_begun_from_elsewhere_is_not_mixed_up(world: World) -> None:
    async with world.logs() as logs:
        await prepare(logs.connections["notify"], JOB_VIEWS, "0")
    async with world.logs() as logs:
        with pytest.raises(CannotRebuild, match="--discard"):
            await prepare(logs.connections["notify"], JOB_VIEWS, "17")


async def test_nothing_is_swapped_while_others_hold_the_table(world: World) -> None:
    [story] = await world.films(1)
    async with world.logs() as logs:
        rebuilding = await built(logs)
        async with world.notify.transaction():
            await world.notify.execute("select from job_view where id = $1 for update", story.job)
            with pytest.raises(Busy):
                await swap(rebuilding, wait="50ms")
        await swap(rebuilding)
    assert await world.differences() == []


async def test_who_goes_is_gone_from_the_shadow_at_once(world: World) -> None:
    [story] = await world.films(1)
    async with world.logs() as logs:
        await built(logs)
    there = "select count(*) from shadow.job_view where id = $1"
    assert await world.notify.fetchval(there, story.job) == 1
    await world.notify.execute("begin")
    await world.notify.execute("delete from job_view where id = $1", story.job)
    assert await world.notify.fetchval(there, story.job) == 0
    await world.notify.execute("rollback")


LOOKS = {
    "indexes": "select indexdef from pg_indexes where schemaname = 'public' and tablename = 'job_view' order by 1",
    "constraints": """
        select conname || pg_get_constraintdef(oid) from pg_constraint
        where conrelid = 'public.job_view'::regclass order by 1""",
    "columns": """
        select column_name || data_type || is_nullable || coalesce(column_default, '') from information_schema.columns
        where table_schema = 'public' and table_name = 'job_view' order by ordinal_position""",
}


@pytest.mark.parametrize("what", LOOKS)
async def test_the_new_table_has_all_that_the_old_one_had(world: World, what: str) -> None:
    before = [row[0] for row in await world.notify.fetch(LOOKS[what])]
    async with world.logs() as logs:
        await swap(await built(logs))
    assert [row[0] for row in await world.notify.fetch(LOOKS[what])] == before != []
