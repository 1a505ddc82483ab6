"""Webhooks: every transition that was asked for, once taken, in order, signed; whatever a receiver does."""

import asyncio
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from notify_world import Listening
from webhook_world import ALL, TOLD, hooked, receiving, until_logged, whole_story

from philo.testing_service import bearer
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


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


async def test_one_that_its_owner_pauses_is_told_nothing_until_it_is_resumed(ada, listening, carrying):
    async with receiving() as receiver:
        hook = await hooked(listening, ada.user, receiver.url)
        paused = (await listening.ask(ada.user, "POST", f"/webhooks/{hook['id']}/pause")).json()
        await whole_story(ada)
        await until_logged(listening, ada.user, hook, ["waiting"] * 3)
        assert "owner" in paused["paused_why"]
        assert receiver.sent == []
        await listening.ask(ada.user, "POST", f"/webhooks/{hook['id']}/resume")
        await until_logged(listening, ada.user, hook, ["delivered"] * 3)


async def test_one_that_says_gone_is_paused_at_once(ada, listening, carrying):
    async with receiving(410) as receiver:
        hook = await hooked(listening, ada.user, receiver.url)
        await ada.begun()
        await until_logged(listening, ada.user, hook, ["failed"])
        assert "410" in (await listening.get(ada.user, f"/webhooks/{hook['id']}")).json()["paused_why"]


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


async def test_a_delivery_says_in_which_trace_its_job_was_made(ada, listening, carrying):
    async with receiving() as receiver:
        await hooked(listening, ada.user, receiver.url, ["job.cancelled"])
        story = await ada.begun()
        await ada.hears(story.planned())
        await ada.hears([story.cancelled().model_copy(update={"traceparent": f"00-{TRACE}-{'b' * 16}-00"})])
        [sent] = await receiver.got(1)
        assert sent.headers["traceparent"].split("-")[1] == TRACE
