"""Somebody has deleted their account: notify keeps nothing of them, and their streams end."""

import asyncio

import pytest
from notify_world import Teller, first, until
from websockets.exceptions import ConnectionClosedError

from philo_contracts.envelope import wrap
from philo_contracts.events import UserErased
from philo_kernel.erasure import erase_tenant
from philo_kernel.unit import unit_of_work
from philo_notify.erasure import THEIRS, forgetting

pytestmark = pytest.mark.stack
WITH_USERS = (
    "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'user_id'"
)
THE_KERNELS = {"api_key", "ended_session"}


async def erased(ada: Teller, wakes) -> None:
    fact = UserErased(user=ada.user)
    async with unit_of_work(ada.engine, "notify") as unit:
        unit.cause = wrap(fact, source="auth", stream=f"erasure/{ada.user}", version=1)
        for handler in (erase_tenant, forgetting(wakes.wake)):
            await handler.react(fact, unit)


async def counted(engine, user: str) -> dict[str, int]:
    async with unit_of_work(engine, "notify") as unit:
        count = "select count(*) from {} where user_id = $1"
        return {table: await unit.connection.fetchval(count.format(table), user) for table in THEIRS}


async def test_no_table_with_users_is_forgotten(engine):
    async with unit_of_work(engine, "notify") as unit:
        found = {row[0] for row in await unit.connection.fetch(WITH_USERS)}
    assert found - THE_KERNELS == set(THEIRS)


async def test_their_feed_is_gone_and_nobody_elses(ada, bob, wakes):
    for one in (ada, bob):
        await one.begun()
    before = await counted(ada.engine, bob.user)
    await erased(ada, wakes)
    assert set((await counted(ada.engine, ada.user)).values()) == {0}
    assert await counted(ada.engine, bob.user) == before
    assert before["feed"] > 0


async def test_what_is_told_of_their_jobs_later_changes_nothing(ada, wakes):
    story = await ada.begun()
    await erased(ada, wakes)
    late = [fact.model_copy(update={"tenantid": ada.user}) for fact in story.planned()]
    await ada.hears(late)
    assert set((await counted(ada.engine, ada.user)).values()) == {0}


async def test_streams_in_their_name_end(ada, wakes, listening, app):
    await ada.begun()
    async with listening.sse(ada.user) as events, listening.ws(ada.user) as socket:
        await until(lambda: len(app.state.streams.wakes.sleepers.get(ada.user, ())) == 2)
        await erased(ada, wakes)
        async with asyncio.timeout(10):
            assert [message async for message in events] == []
            with pytest.raises(ConnectionClosedError) as ended:
                await socket.recv()
    assert (ended.value.rcvd.code, ended.value.rcvd.reason) == (1008, "This account was deleted.")


async def test_the_streams_of_others_go_on(ada, bob, wakes, listening, app):
    story = await bob.begun()
    async with listening.ws(bob.user) as socket:
        await until(lambda: app.state.streams.wakes.sleepers.get(bob.user))
        await erased(ada, wakes)
        await bob.hears(story.planned()[:1])
        [message] = await first(socket, 1)
    assert message["job"]["id"] == story.job
