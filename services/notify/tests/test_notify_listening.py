"""Listening: by ticket, so many at once, at one's own pace, and after a long time."""

import asyncio
import json
import socket as sockets
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import httpx
import pytest
from notify_world import Story, first, numbers, until
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError, InvalidStatus

from philo_kernel.unit import unit_of_work
from philo_notify.connections import Connections
from philo_notify.feed import Feed
from philo_notify.pruning import Pruning

pytestmark = pytest.mark.stack

LONG, SHORT = timedelta(days=7), timedelta(0)


async def ticket_of(listening, user: str) -> str:
    answer = await listening.ask(user, "POST", "/realtime/tickets")
    assert answer.json()["expires_in"] == 30
    return answer.json()["ticket"]


async def by_ticket(listening, ticket: str) -> int:
    """What a handshake with it is answered."""
    try:
        async with connect(f"ws://{listening.address}/api/v1/realtime/ws?ticket={ticket}", proxy=None):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


async def test_a_ticket_opens_one_stream(ada, listening):
    ticket = await ticket_of(listening, ada.user)
    assert [await by_ticket(listening, ticket) for _ in range(2)] == [101, 401]


async def test_of_two_who_show_one_ticket_at_once_one_is_let_in(ada, listening):
    ticket = await ticket_of(listening, ada.user)
    assert sorted(await asyncio.gather(*(by_ticket(listening, ticket) for _ in range(5)))) == [101, *[401] * 4]


async def test_a_ticket_is_good_for_server_sent_events_and_for_its_user_alone(ada, bob, listening):
    await bob.begun()
    story = await ada.begun()
    ticket = await ticket_of(listening, ada.user)
    url = f"http://{listening.address}/api/v1/realtime/events?after=0&ticket={ticket}"
    async with httpx.AsyncClient(timeout=20) as client, client.stream("GET", url) as answer:
        data = await anext(line async for line in answer.aiter_lines() if line.startswith("data:"))
    assert json.loads(data.removeprefix("data:"))["job"]["id"] == story.job


async def test_a_ticket_that_is_too_old_opens_nothing(ada, listening, engine):
    ticket = await ticket_of(listening, ada.user)
    async with unit_of_work(engine, "notify") as unit:
        await unit.connection.execute("update ticket set expires_at = now() where user_id = $1", ada.user)
    assert await by_ticket(listening, ticket) == 401


async def test_a_ticket_does_not_open_what_is_somebody_elses(ada, bob, listening, app):
    app.state.streams.patience = 0.1
    story = await bob.begun()
    ticket = await ticket_of(listening, ada.user)
    async with httpx.AsyncClient(timeout=20) as client:
        answer = await client.get(f"http://{listening.address}/api/v1/jobs/{story.job}/events?ticket={ticket}")
    assert answer.status_code == 404


async def test_one_user_has_so_many_streams_and_no_more(ada, bob, listening, app):
    app.state.sockets.connections = connections = Connections(2)
    async with listening.ws(ada.user), listening.sse(ada.user):
        await until(lambda: connections.open[ada.user] == 2)
        answer = await listening.get(ada.user, "/realtime/events")
        assert (answer.status_code, answer.json()["type"]) == (429, "/problems/too-many-requests")
        with pytest.raises(InvalidStatus) as refused:
            async with listening.ws(ada.user):
                pass
        assert refused.value.response.status_code == 429
        async with listening.ws(bob.user):
            pass
    await until(lambda: not connections.open)
    async with listening.ws(ada.user):
        pass


async def test_who_reads_nothing_is_cut_off_and_told_and_loses_nothing(ada, listening, app):
    app.state.sockets.patience = 0.2
    story = await ada.begun()
    await ada.hears(story.planned(scenes=40, narration="Words. " * 300))
    for at in range(0, 500, 100):
        await ada.hears([story.progress(at + done) for done in range(1, 101)])
    async with connect(
        f"ws://{listening.address}/api/v1/realtime/ws?after=0&ticket={await ticket_of(listening, ada.user)}",
        proxy=None,
        max_queue=1,
        compression=None,
        sock=small_socket(listening.address),
    ) as socket:
        await until(lambda: app.state.sockets.connections.open)
        await until(lambda: not app.state.streams.wakes.sleepers)
        heard = [json.loads(text) async for text in until_closed(socket)]
        assert (socket.close_code, "?after=" in (socket.close_reason or "")) == (1013, True)
    assert numbers(heard) == list(range(1, len(heard) + 1))
    async with listening.ws(ada.user, f"/realtime/ws?after={len(heard)}") as socket:
        assert numbers(await first(socket, 505 - len(heard)))[-1] == 505


async def test_a_page_that_reads_nothing_is_cut_off_as_well(ada, listening, app):
    app.state.sockets.patience = 0.2
    story = await ada.begun()
    await ada.hears(story.planned(scenes=40, narration="Words. " * 300))
    for at in range(0, 500, 100):
        await ada.hears([story.progress(at + done) for done in range(1, 101)])
    _, writer = await asyncio.open_connection(sock=small_socket(listening.address), limit=1_000)
    ticket = await ticket_of(listening, ada.user)
    writer.write(f"GET /api/v1/realtime/events?after=0&ticket={ticket} HTTP/1.1\r\nHost: philo\r\n\r\n".encode())
    await until(lambda: app.state.sockets.connections.open)
    await until(lambda: not app.state.sockets.connections.open)
    writer.close()


async def until_closed(socket) -> AsyncIterator[str]:
    with suppress(ConnectionClosedError):
        async for text in socket:
            yield text


def small_socket(address: str) -> sockets.socket:
    """One that takes little, so that a writer notices soon that nobody reads."""
    made = sockets.socket()
    made.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    host, _, port = address.partition(":")
    made.connect((host, int(port)))
    made.setblocking(False)
    return made


async def test_on_each_connection_the_first_message_about_a_job_has_its_words(ada, listen):
    story = await ada.begun()
    await ada.hears([*story.planned(), story.progress(1)])
    async with listen(ada.user, after=5) as messages:
        await ada.hears([story.progress(2)])
        one, other = await first(messages, 2)
    assert [one["whole"], other["whole"]] == [True, False]
    assert one["job"]["scenes"][0]["narration"] == "Words."
    assert "narration" not in other["job"]["scenes"][0]


async def test_what_others_have_followed_goes_first_and_who_missed_it_begins_anew(ada, listen, engine, feed):
    story = await ada.begun()
    await ada.hears(story.planned())
    await ada.hears([story.progress(done) for done in range(1, 11)])
    await Pruning(engine, progress=SHORT, feed=LONG, deliveries=LONG).once()
    async with listen(ada.user, after=7) as messages:
        restarted, job, done = await first(messages, 3)
        assert [restarted["event"], restarted["id"], job["id"]] == ["restart", "7", "7"]
        assert (job["whole"], job["job"]["version"], job["job"]["scenes"][0]["narration"]) == (True, 15, "Words.")
        assert (done["event"], done["id"]) == ("heartbeat", "15")
        await ada.hears([story.progress(11)])
        assert numbers(await first(messages, 1)) == [16]
    async with listen(ada.user, after=14) as messages:
        assert numbers(await first(messages, 2)) == [15, 16]


async def test_of_an_old_job_the_last_message_with_its_words_stays(ada, bob, listen, engine, feed: Feed):
    story = await ada.begun()
    await ada.hears([*story.planned(), story.progress(1), story.cancelled()])
    await Pruning(engine, progress=SHORT, feed=SHORT, deliveries=LONG).once()
    left = (await feed.after(ada.user, 0, None)).messages
    assert [(one.id, one.whole) for one in left] == [(5, True)]
    async with listen(ada.user, f"/jobs/{story.job}") as messages:
        [now] = await first(messages, 1)
    assert (now["event"], now["job"]["status"], now["whole"]) == ("job.cancelled", "cancelled", True)


async def test_one_job_loses_nothing_when_another_ones_news_are_dropped(ada, listen, engine):
    other, story = await ada.begun(), await ada.begun()
    await ada.hears(other.planned())
    await ada.hears([other.progress(done) for done in range(1, 4)])
    await Pruning(engine, progress=SHORT, feed=LONG, deliveries=LONG).once()
    async with listen(ada.user, f"/jobs/{story.job}", after=0) as messages:
        assert [one["event"] for one in await first(messages, 2)] == ["job.created", "job.progress"]
    async with listen(ada.user, f"/jobs/{other.job}", after=0) as messages:
        assert (await first(messages, 1))[0]["event"] == "restart"


async def test_news_that_are_dropped_while_somebody_lags_are_answered_with_a_restart(ada, engine, app):
    story = Story(ada.user)
    await ada.hears([*story.beginning(), *story.planned()])
    await ada.hears([story.progress(done) for done in range(1, 201)])
    messages = app.state.streams.follow(ada.user, None, 0)
    heard = [await anext(messages) for _ in range(100)]
    await Pruning(engine, progress=SHORT, feed=LONG, deliveries=LONG).once()
    assert [number for number, _ in heard] == list(range(1, 101))
    assert '"event":"restart"' in (await anext(messages))[1]
    await messages.aclose()
