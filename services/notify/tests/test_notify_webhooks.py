"""Webhooks: every transition that was asked for, once taken, in order, signed; whatever a receiver does."""

import asyncio
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from notify_world import Listening, Story, Teller
from starlette.responses import Response
from webhook_world import below, receiving

from philo.testing_service import bearer
from philo_kernel.unit import unit_of_work
from philo_notify.webhooks.carrier import Carrier

pytestmark = pytest.mark.stack

ALL = ["job.created", "job.started", "job.completed", "job.failed", "job.cancelled"]


async def hooked(listening: Listening, user: str, url: str, events: list[str] = ALL) -> dict:
    answer = await listening.ask(user, "POST", "/webhooks", json={"url": url, "events": events})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def logged(listening: Listening, user: str, hook: dict) -> list[dict]:
    answer = await listening.get(user, f"/webhooks/{hook['id']}/deliveries")
    assert answer.status_code == 200, answer.text
    return list(reversed(answer.json()["items"]))


async def until_logged(listening: Listening, user: str, hook: dict, states: list[str]) -> list[dict]:
    """The log, once the states of its deliveries are these; they are oldest first."""
    async with asyncio.timeout(20):
        while True:
            found = await logged(listening, user, hook)
            if [one["state"] for one in found] == states:
                return found
            await asyncio.sleep(0.02)


async def whole_story(ada: Teller) -> Story:
    """Three transitions: created, started, cancelled."""
    story = await ada.begun()
    await ada.hears(story.planned())
    await ada.hears([story.cancelled()])
    return story


TOLD = ["job.created", "job.started", "job.cancelled"]


async def test_each_transition_is_told_in_order_and_signed(ada, listening, carrying):
    async with receiving() as receiver:
        hook = await hooked(listening, ada.user, receiver.url)
        story = await whole_story(ada)
        sent = await receiver.got(3)
        said = [one.verified(hook["secret"]) for one in sent]
        assert [one["type"] for one in said] == TOLD
        assert {one["data"]["id"] for one in said} == {story.job}
        assert len({one.id for one in sent}) == 3
        log = await until_logged(listening, ada.user, hook, ["delivered"] * 3)
        assert [one["id"] for one in log] == [one.id for one in sent]


async def test_only_what_was_asked_for_is_told(ada, bob, listening, carrying):
    async with receiving() as receiver:
        await hooked(listening, ada.user, receiver.url, ["job.cancelled"])
        await whole_story(bob)
        await whole_story(ada)
        assert ['"type":"job.cancelled"' in one.body for one in await receiver.got(1)] == [True]
        assert len(receiver.sent) == 1


async def test_what_fails_is_tried_again_under_its_id_and_what_follows_waits(ada, listening, carrying):
    async with receiving(500, 503) as receiver:
        hook = await hooked(listening, ada.user, receiver.url)
        await whole_story(ada)
        sent = await receiver.got(5)
        assert [one.verified(hook["secret"])["type"] for one in sent] == ["job.created"] * 2 + TOLD
        assert len({one.id for one in sent}) == 3
        log = await until_logged(listening, ada.user, hook, ["delivered"] * 3)
        assert [attempt["status"] for attempt in log[0]["attempts"]] == [500, 503, 204]
        assert log[0]["attempts"][0]["answer"] == "not now"


async def test_one_that_takes_nothing_is_given_up_and_paused_and_loses_nothing(ada, listening, carrying, engine):
    async with receiving(*[500] * 4) as receiver:
        hook = await hooked(listening, ada.user, receiver.url)
        await whole_story(ada)
        await until_logged(listening, ada.user, hook, ["failed", "waiting", "waiting"])
        paused = (await listening.get(ada.user, f"/webhooks/{hook['id']}")).json()
        assert "500" in paused["paused_why"]
        async with unit_of_work(engine, "notify") as unit:
            [fact] = await unit.load(f"delivery/{receiver.sent[0].id}")
        assert (fact.type, fact.fact().attempts, fact.fact().paused) == ("WebhookFailed", 4, True)
        resumed = await listening.ask(ada.user, "POST", f"/webhooks/{hook['id']}/resume")
        assert resumed.json()["paused_at"] is None
        await until_logged(listening, ada.user, hook, ["failed", "delivered", "delivered"])


async def test_one_that_says_gone_is_paused_at_once(ada, listening, carrying):
    async with receiving(410) as receiver:
        hook = await hooked(listening, ada.user, receiver.url)
        await ada.begun()
        await until_logged(listening, ada.user, hook, ["failed"])
        assert "410" in (await listening.get(ada.user, f"/webhooks/{hook['id']}")).json()["paused_why"]


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


async def test_while_a_secret_is_exchanged_both_verify(ada, listening, carrying):
    async with receiving() as receiver:
        hook = await hooked(listening, ada.user, receiver.url)
        fresh = (await listening.ask(ada.user, "POST", f"/webhooks/{hook['id']}/rotate")).json()["secret"]
        await ada.begun()
        [sent] = await receiver.got(1)
        assert fresh != hook["secret"]
        assert sent.verified(fresh) == sent.verified(hook["secret"])


async def test_an_old_secret_ends(ada, listening, carrying, engine):
    async with receiving() as receiver:
        hook = await hooked(listening, ada.user, receiver.url)
        await listening.ask(ada.user, "POST", f"/webhooks/{hook['id']}/rotate")
        async with unit_of_work(engine, "notify") as unit:
            await unit.connection.execute("update webhook set old_until = now() where id = $1::text::uuid", hook["id"])
        await ada.begun()
        [sent] = await receiver.got(1)
        assert len(sent.headers["webhook-signature"].split()) == 1


async def test_a_secret_is_shown_once_and_lies_sealed(ada, listening, engine):
    hook = await hooked(listening, ada.user, "http://127.0.0.1:1/hook")
    shown = [await listening.get(ada.user, path) for path in ("/webhooks", f"/webhooks/{hook['id']}")]
    assert all(hook["secret"] not in answer.text and answer.status_code == 200 for answer in shown)
    async with unit_of_work(engine, "notify") as unit:
        row = await unit.connection.fetchrow("select * from webhook where id = $1::text::uuid", hook["id"])
    assert hook["secret"].removeprefix("whsec_") not in str(row)


async def test_a_delivery_can_be_asked_for_once_more(ada, listening, carrying):
    async with receiving() as receiver:
        hook = await hooked(listening, ada.user, receiver.url, ["job.created"])
        await ada.begun()
        [one] = await until_logged(listening, ada.user, hook, ["delivered"])
        again = await listening.ask(ada.user, "POST", f"/webhooks/{hook['id']}/deliveries/{one['id']}/redeliver")
        assert again.status_code == 202
        sent = await receiver.got(2)
        assert (sent[0].id, sent[0].body) == (sent[1].id, sent[1].body)
        [one] = await until_logged(listening, ada.user, hook, ["delivered"])
        assert len(one["attempts"]) == 2


async def test_a_test_tells_at_once_how_it_went(ada, listening, carrying):
    async with receiving(500) as receiver:
        hook = await hooked(listening, ada.user, receiver.url)
        failed, taken = [
            (await listening.ask(ada.user, "POST", f"/webhooks/{hook['id']}/test")).json() for _ in range(2)
        ]
        assert (failed["state"], failed["attempts"][0]["status"]) == ("failed", 500)
        assert (taken["state"], taken["event"]) == ("delivered", "webhook.test")
        assert receiver.sent[1].verified(hook["secret"])["type"] == "webhook.test"


async def test_nothing_goes_to_one_that_was_deleted(ada, listening, carrying):
    async with receiving() as receiver, receiving() as other:
        hook = await hooked(listening, ada.user, receiver.url)
        await hooked(listening, ada.user, other.url)
        assert (await listening.ask(ada.user, "DELETE", f"/webhooks/{hook['id']}")).status_code == 204
        await ada.begun()
        await other.got(1)
        assert receiver.sent == []
        assert (await listening.get(ada.user, f"/webhooks/{hook['id']}")).status_code == 404


async def test_however_many_are_at_it_each_is_sent_once_and_in_order(ada, listening, deliveries):
    async with receiving() as receiver:
        receiver.pause = 0.01
        hook = await hooked(listening, ada.user, receiver.url, ["job.created"])
        stories = [await ada.begun() for _ in range(10)]
        while len(receiver.sent) < 10:
            await asyncio.gather(*(deliveries.bring(UUID(hook["id"])) for _ in range(5)))
        sent = [one.verified(hook["secret"])["data"]["id"] for one in receiver.sent]
        assert sent == [story.job for story in stories]


async def test_what_nobody_was_asked_to_bring_is_found(ada, listening, carrying, engine):
    async with receiving() as receiver:
        hook = await hooked(listening, ada.user, receiver.url, ["job.created"])
        async with unit_of_work(engine, "notify") as unit:
            await unit.connection.execute(
                "insert into delivery(id, webhook_id, event, body, state) "
                "values (gen_random_uuid(), $1::text::uuid, 'job.created', '{}', 'waiting')",
                hook["id"],
            )
        await carrying.find_forgotten(timedelta(0))
        assert len(await receiver.got(1)) == 1


async def test_where_no_secret_can_be_kept_there_are_no_webhooks(ada, listening, app):
    app.state.webhooks.sealer = None
    wish = {"url": "http://127.0.0.1:1/hook", "events": ALL}
    answer = await listening.ask(ada.user, "POST", "/webhooks", json=wish)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-set-up")
    assert "WEBHOOK_SECRETS_KEY" in answer.json()["detail"]


async def test_at_most_twenty_are_kept(ada, listening):
    wish = {"url": "http://127.0.0.1:1/hook", "events": ALL}
    answers = await asyncio.gather(*(listening.ask(ada.user, "POST", "/webhooks", json=wish) for _ in range(22)))
    assert sorted(answer.status_code for answer in answers) == [201] * 20 + [409] * 2


async def test_a_wish_is_carried_out_once_a_key(ada, listening):
    wish = {"url": "http://127.0.0.1:1/hook", "events": ALL}
    answers = [await keyed(listening, ada.user, wish) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len((await listening.get(ada.user, "/webhooks")).json()["items"]) == 1


async def keyed(listening: Listening, user: str, wish: dict):
    headers = bearer(user) | {"Idempotency-Key": "one"}
    async with httpx.AsyncClient(timeout=20) as client:
        return await client.post(f"http://{listening.address}/api/v1/webhooks", headers=headers, json=wish)
