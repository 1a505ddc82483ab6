"""Live: whoever listens, however often they come back, hears everything once and in order."""

import asyncio
import json
import socket as sockets
from uuid import uuid4

import pytest
from notify_world import Listening, Story, first, numbers, until
from redis.asyncio import Redis
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from philo_kernel.http.api_keys import digest_of, new_secret, written
from philo_kernel.http.server import serve
from philo_kernel.unit import unit_of_work
from philo_notify.lookout import Lookout
from philo_notify.queue.board import Board
from philo_notify.streams import Streams
from philo_notify.wakes import Wakes

pytestmark = pytest.mark.stack


async def test_what_happens_is_told_as_it_happens(ada, listen):
    story = await ada.begun()
    async with listen(ada.user, after=2) as messages:
        for done, fact in enumerate(story.planned(), 3):
            await ada.hears([fact])
            [message] = await first(messages, 1)
            assert (message["id"], message["job"]["version"]) == (str(done), done)


async def test_a_listener_who_names_no_message_hears_what_comes_next(ada, listen, app):
    story = await ada.begun()
    async with listen(ada.user) as messages:
        await until(lambda: app.state.streams.wakes.sleepers)
        await ada.hears(story.planned())
        assert numbers(await first(messages, 3)) == [3, 4, 5]


async def test_who_comes_back_misses_nothing_and_hears_nothing_twice(ada, listen):
    story = await ada.begun()
    heard: list[dict] = []
    told = asyncio.create_task(tell_slowly(ada, story, 60))
    while len(heard) < 65:
        after = int(heard[-1]["id"]) if heard else 0
        async with listen(ada.user, after=after) as messages:
            heard += await first(messages, min(9, 65 - len(heard)))
    await told
    assert numbers(heard) == list(range(1, 66))
    assert [message["job"]["version"] for message in heard] == list(range(1, 66))


async def tell_slowly(teller, story: Story, count: int) -> None:
    await teller.hears(story.planned())
    for done in range(1, count + 1):
        await teller.hears([story.progress(done)])


async def test_last_event_id_is_where_a_page_goes_on(ada, listening):
    story = await ada.begun()
    await ada.hears(story.planned())
    async with listening.sse(ada.user, "/realtime/events?after=0", Last_Event_ID="3") as messages:
        assert numbers(await first(messages, 2)) == [4, 5]


async def test_more_than_a_page_of_messages_is_told_without_a_pause(ada, listen):
    story = await ada.begun()
    await ada.hears(story.planned())
    await ada.hears([story.progress(done) for done in range(1, 251)])
    async with listen(ada.user, after=0) as messages:
        assert numbers(await first(messages, 255)) == list(range(1, 256))


async def test_a_number_that_was_never_given_is_answered_with_a_restart(ada, listen):
    story = await ada.begun()
    async with listen(ada.user, after=9_000_000) as messages:
        again = await first(messages, 3)
        assert [(one["event"], one["id"]) for one in again] == [
            ("restart", "9000000"),
            ("job.progress", "9000000"),
            ("heartbeat", "2"),
        ]
        await ada.hears(story.planned())
        assert numbers(await first(messages, 3)) == [3, 4, 5]


@pytest.mark.parametrize("query", ["?after=-1", "?after=x", f"?after={2**63}"])
async def test_a_number_that_cannot_be_is_told_in_words(ada, listening, query):
    answer = await listening.get(ada.user, f"/realtime/events{query}")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-request")
    with pytest.raises(InvalidStatus) as refused:
        async with listening.ws(ada.user, f"/realtime/ws{query}"):
            pass
    assert refused.value.response.status_code == 422


async def test_the_stream_of_a_job_has_only_that_job_and_begins_with_it_as_it_is(ada, listen):
    one, other = await ada.begun(), await ada.begun()
    async with listen(ada.user, f"/jobs/{one.job}") as messages:
        await first(messages, 1)
        await ada.hears(other.planned())
        await ada.hears(one.planned())
        heard = await first(messages, 3)
    assert {message["job"]["id"] for message in heard} == {one.job}
    assert [message["job"]["version"] for message in heard] == [3, 4, 5]


async def test_the_stream_of_a_job_can_be_heard_from_its_beginning(ada, listen):
    await ada.begun()
    story = await ada.begun()
    async with listen(ada.user, f"/jobs/{story.job}", after=0) as messages:
        assert numbers(await first(messages, 2)) == [3, 4]


async def test_a_stream_that_is_opened_before_the_job_was_heard_of_waits_for_it(ada, listen, app):
    story = Story(ada.user)

    async def later() -> None:
        await until(lambda: app.state.streams.wakes.sleepers)
        await ada.hears(story.beginning())

    telling = asyncio.create_task(later())
    async with listen(ada.user, f"/jobs/{story.job}") as messages:
        assert (await first(messages, 1))[0]["job"]["id"] == story.job
    await telling


async def refused_both_ways(listening, user: str, path: str) -> list[tuple[int, str]]:
    answer = await listening.get(user, f"{path}/events")
    with pytest.raises(InvalidStatus) as refused:
        async with listening.ws(user, f"{path}/ws"):
            pass
    response = refused.value.response
    assert response.headers["content-type"] == answer.headers["content-type"] == "application/problem+json"
    problems = [answer.json(), json.loads(response.body)]
    assert all(problem["detail"] and problem["request_id"] for problem in problems)
    return [(problem["status"], problem["type"]) for problem in problems]


async def test_a_job_that_nobody_knows_or_that_is_someone_elses_is_not_there(ada, bob, listening, app):
    app.state.streams.patience = 0.1
    story = await ada.begun()
    for path in (f"/jobs/{uuid4()}", f"/jobs/{story.job}"):
        assert await refused_both_ways(listening, bob.user, path) == [(404, "/problems/not-found")] * 2


async def test_a_job_is_found_under_its_own_project_only(ada, listen, listening, app):
    app.state.streams.patience = 0.1
    project = str(uuid4())
    story = await ada.begun(project)
    async with listen(ada.user, f"/projects/{project}/jobs/{story.job}") as messages:
        assert (await first(messages, 1))[0]["job"]["project_id"] == project
    path = f"/projects/{uuid4()}/jobs/{story.job}"
    assert await refused_both_ways(listening, ada.user, path) == [(404, "/problems/not-found")] * 2


async def test_who_is_not_known_is_refused(listening):
    with pytest.raises(InvalidStatus) as refused:
        async with connect(f"ws://{listening.address}/api/v1/realtime/ws", proxy=None):
            pass
    assert refused.value.response.status_code == 401
    assert json.loads(refused.value.response.body)["type"] == "/problems/unauthorized"


async def test_a_key_without_the_scope_is_refused(ada, listening, engine):
    key_id, secret = new_secret()
    async with unit_of_work(engine, "notify") as unit:
        await unit.connection.execute(
            "insert into api_key(id, user_id, digest, scopes) values ($1, $2, $3, '{jobs:write}')",
            *(key_id, ada.user, digest_of(secret)),
        )
    url, headers = f"ws://{listening.address}/api/v1/realtime/ws", {"X-API-Key": written(key_id, secret)}
    with pytest.raises(InvalidStatus) as refused:
        async with connect(url, additional_headers=headers, proxy=None):
            pass
    assert (refused.value.response.status_code, b"jobs:read" in refused.value.response.body) == (403, True)


async def test_silence_is_broken_by_heartbeats_that_keep_the_place(ada, listen, app):
    app.state.streams.heartbeat = 0.05
    story = await ada.begun()
    async with listen(ada.user, after=0) as messages:
        beats = (await first(messages, 4))[2:]
        assert [(beat["event"], beat["id"]) for beat in beats] == [("heartbeat", "2")] * 2
        await ada.hears(story.planned())
        after = [message async for message in aiter_of(messages, 20)]
    assert [number for number in numbers(after) if number > 2][:3] == [3, 4, 5]


async def aiter_of(messages, count: int):
    """Messages until one has the number 5."""
    for _ in range(count * 10):
        [message] = await first(messages, 1)
        yield message
        if message["id"] == "5":
            return


async def test_without_redis_messages_come_with_the_next_look(ada, feed, engine):
    with sockets.create_server(("127.0.0.1", 0)) as silent:  # takes connections and never answers
        async with Redis.from_url(f"redis://127.0.0.1:{silent.getsockname()[1]}") as redis:
            away, deaf = Wakes(redis, "away"), Wakes(redis, "away")
            elsewhere = Streams(feed, deaf, Board(engine, deaf.rouse, 60), heartbeat=20)
            lookout = Lookout(feed, deaf, 0.05)
            parts = [asyncio.create_task(part()) for part in (away.tell, away.listen, lookout.keep)]
            ada.handler = type(ada)(engine, away, ada.user).handler
            messages = elsewhere.follow(ada.user, None, 0)
            async with asyncio.timeout(10):
                story = await ada.begun()
                await ada.hears(story.planned())
                assert [(await anext(messages))[0] for _ in range(5)] == [1, 2, 3, 4, 5]
            await messages.aclose()
            for part in parts:
                part.cancel()
            await asyncio.gather(*parts, return_exceptions=True)


async def test_another_replica_is_woken_through_redis(ada, feed, engine, servers, wakes):
    async with Redis.from_url(servers.redis) as redis:
        other = Wakes(redis, wakes.channel)
        parts = [asyncio.create_task(part()) for part in (wakes.tell, other.listen)]
        await until_subscribed(redis, wakes.channel)
        messages = Streams(feed, other, Board(engine, other.rouse, 60), heartbeat=60).follow(ada.user, None, 0)
        waiting = asyncio.create_task(anext(messages))
        await until(lambda: other.sleepers)
        await ada.begun()
        async with asyncio.timeout(10):
            assert (await waiting)[0] == 1
        await messages.aclose()
        for part in parts:
            part.cancel()
        await asyncio.gather(*parts, return_exceptions=True)


async def until_subscribed(redis: Redis, channel: str) -> None:
    async with asyncio.timeout(10):
        while not dict(await redis.pubsub_numsub(channel)).get(channel.encode()):  # noqa: ASYNC110 - lies in a server
            await asyncio.sleep(0.02)


async def test_listeners_who_leave_leave_nothing_behind(ada, listen, app):
    story = await ada.begun()
    sleepers = app.state.streams.wakes.sleepers
    for _ in range(5):
        async with listen(ada.user, after=0) as messages, listen(ada.user, f"/jobs/{story.job}") as others:
            await first(messages, 2)
            await first(others, 1)
            await until(lambda: len(sleepers.get(ada.user, ())) == 2)
        await until(lambda: not sleepers)
    tasks = [task for task in asyncio.all_tasks() if "follow" in repr(task.get_coro())]
    assert tasks == []


async def test_what_a_client_says_is_of_no_interest(ada, listening, app):
    story = await ada.begun()
    async with listening.ws(ada.user, "/realtime/ws?after=2") as socket:
        await socket.send("hello")
        await socket.send(b"\x00\xff")
        await ada.hears(story.planned())
        assert numbers(await first(socket, 3)) == [3, 4, 5]


async def test_a_server_that_stops_lets_its_listeners_go(ada, app):
    await ada.begun()
    async with serve(app, "127.0.0.1", 0, grace=1) as port:
        listening = Listening(f"127.0.0.1:{port}")
        opened = [listening.ws(ada.user), listening.sse(ada.user)]
        for one in opened:
            await one.__aenter__()
    await until(lambda: not app.state.streams.wakes.sleepers)
    for one in opened:
        await one.__aexit__(None, None, None)
