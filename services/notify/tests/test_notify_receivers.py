"""Webhooks: whatever a receiver does, it is left in time, followed nowhere, and told of in words."""

import asyncio
from uuid import UUID

import pytest
from notify_world import Listening, Teller, until
from starlette.responses import Response
from webhook_world import ALL, answering_after, below, hooked, logged, receiving, until_logged

from philo_notify.webhooks.carrier import Carrier
from philo_notify.webhooks.lanes import Lanes
from philo_notify.webhooks.trials import Trials

pytestmark = pytest.mark.stack


async def first_attempt(listening: Listening, ada: Teller, hook: dict) -> dict:
    """How the first attempt of a first delivery went."""
    await ada.begun()
    async with asyncio.timeout(20):
        while True:
            log = await logged(listening, ada.user, hook)
            if log and log[0]["attempts"]:
                return log[0]["attempts"][0]
            await asyncio.sleep(0.02)


async def test_a_redirect_is_not_followed(ada, listening, carrying):
    async with receiving() as other, receiving() as receiver:
        receiver.answers = [Response(status_code=307, headers={"Location": other.url})]
        attempt = await first_attempt(listening, ada, await hooked(listening, ada.user, receiver.url))
        assert (attempt["status"], other.sent) == (307, [])
        assert "redirect" in attempt["error"]


async def test_one_that_never_answers_is_left_after_its_time(ada, listening, carrying):
    async def hang(_raw, reader, _writer) -> None:
        await reader.read()  # ends when the other side leaves

    carrying.carrier.patience = 0.2
    async with below(hang) as receiver:
        attempt = await first_attempt(listening, ada, await hooked(listening, ada.user, receiver.url))
        assert attempt["status"] is None
        assert "within 0.2 seconds" in attempt["error"]


async def test_of_an_endless_answer_only_the_beginning_is_read(ada, listening, carrying):
    chunk = b"x" * 65_536

    async def pour(raw, reader, writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
        while raw.written < 10_000_000_000:
            writer.write(chunk)
            await writer.drain()
            raw.written += len(chunk)

    async with below(pour) as receiver:
        attempt = await first_attempt(listening, ada, await hooked(listening, ada.user, receiver.url))
        assert (attempt["status"], len(attempt["answer"])) == (200, 1_000)
        assert receiver.written < 50_000_000


async def test_one_that_drips_its_headers_is_left_as_well(ada, listening, carrying):
    async def drip(_raw, _reader, writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(10_000):
            writer.write(b"x-%d: y\r\n" % number)
            await writer.drain()
            await asyncio.sleep(0.01)

    carrying.carrier.patience = 0.3
    async with below(drip) as receiver:
        attempt = await first_attempt(listening, ada, await hooked(listening, ada.user, receiver.url))
        assert attempt["status"] is None


async def test_one_that_speaks_no_http_is_told_so(ada, listening, carrying):
    async def babble(_raw, reader, writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"\x00\x01 no HTTP\r\n\r\n")
        await writer.drain()

    async with below(babble) as receiver:
        attempt = await first_attempt(listening, ada, await hooked(listening, ada.user, receiver.url))
        assert "HTTP" in attempt["error"]


async def test_one_that_speaks_no_tls_is_told_so(ada, listening, carrying):
    async with receiving() as receiver:
        url = receiver.url.replace("http://", "https://")
        attempt = await first_attempt(listening, ada, await hooked(listening, ada.user, url))
        assert "TLS" in attempt["error"]
        assert receiver.sent == []


async def test_a_name_that_leads_to_a_private_address_is_not_gone_to(ada, listening, carrying, app):
    """`127.1` is a name like another one as it is written: only its look-up tells where it leads."""

    async def meet(_raw, reader, _writer) -> None:
        await reader.read()

    carrying.carrier = Carrier(loopback=False, patience=1)
    async with below(meet) as receiver:
        url = receiver.url.replace("http://127.0.0.1", "https://127.1")
        attempt = await first_attempt(listening, ada, await hooked(listening, ada.user, url))
        assert "not public" in attempt["error"]
        assert receiver.connections == 0


async def test_whose_receivers_are_slow_keeps_only_their_own_waiting(ada, bob, listening, carrying):
    may_answer = asyncio.Event()
    carrying.carrier.patience, carrying.lanes = 30, Lanes(2)
    async with below(answering_after(may_answer)) as slow, receiving() as quick:
        hooks = [await hooked(listening, ada.user, slow.url, ["job.created"]) for _ in range(6)]
        await hooked(listening, bob.user, quick.url, ["job.created"])
        await ada.begun()
        await until(lambda: slow.connections == 2)
        await bob.begun()  # four are worked on at once: without lanes all of them would be with Ada's
        assert len(await quick.got(1)) == 1
        assert slow.connections == 2
        may_answer.set()
        for hook in hooks:
            await until_logged(listening, ada.user, hook, ["delivered"])


async def test_one_that_takes_long_gives_way_to_others_and_goes_on_later(ada, listening, deliveries):
    deliveries.longest = 0.0  # any delivery takes as long
    async with receiving() as receiver:
        hook = await hooked(listening, ada.user, receiver.url, ["job.created"])
        stories = [await ada.begun() for _ in range(3)]
        for count in (1, 2, 3):
            await deliveries.bring(UUID(hook["id"]))
            assert len(receiver.sent) == count
        sent = [one.verified(hook["secret"])["data"]["id"] for one in receiver.sent]
        assert sent == [story.job for story in stories]


async def test_so_many_tests_are_under_way_at_once_of_one_user_and_of_all(ada, bob, listening, app, carrying):
    may_answer = asyncio.Event()
    carrying.carrier.patience, app.state.webhooks.trials = 30, Trials(most=3, each=2)
    async with below(answering_after(may_answer)) as slow:
        hooks = {one.user: await hooked(listening, one.user, slow.url) for one in (ada, bob)}

        async def tried(one: Teller):
            return await listening.ask(one.user, "POST", f"/webhooks/{hooks[one.user]['id']}/test")

        taken = [asyncio.create_task(tried(one)) for one in (ada, ada, bob)]
        await until(lambda: slow.connections == 3)
        own, full = await tried(ada), await tried(bob)
        may_answer.set()
        assert {(await one).json()["state"] for one in taken} == {"delivered"}
    assert (own.status_code, "2 tests of your webhooks" in own.json()["detail"]) == (429, True)
    assert (full.status_code, full.json()["type"]) == (503, "/problems/service-unavailable")
    assert all(int(answer.headers["retry-after"]) > 0 for answer in (own, full))


REFUSED = [
    "http://example.com/hook",
    "https://localhost/hook",
    "https://10.0.0.1/hook",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/hook",
    "https://[::ffff:127.0.0.1]/hook",
    "https://redis/hook",
    "https://postgres.svc.cluster.local/hook",
    "https://2130706433/hook",
    "https://user:pass@example.com/hook",
    "https://example.com/hook#part",
    "https://example.com:99999/hook",
    "https://exämple.com/hook",
    "ftp://example.com/hook",
    "https://",
    "words",
]


@pytest.mark.parametrize("url", REFUSED)
async def test_an_address_that_cannot_be_is_refused_in_words(ada, listening, app, url):
    app.state.webhooks.loopback = False
    answer = await listening.ask(ada.user, "POST", "/webhooks", json={"url": url, "events": ALL})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-request")
    assert answer.json()["errors"][0]["pointer"] == "/url"
