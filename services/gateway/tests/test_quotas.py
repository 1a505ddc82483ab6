"""What a tier allows holds before work is accepted, however many ask at once; what was used can be seen."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from editing_world import a_film, carried_out, patched
from gateway_world import Client, goes_on, reading, told

from philo_contracts.envelope import wrap
from philo_contracts.events import Event, JobCompleted, RenderFailed, SubscriptionChanged
from philo_contracts.shapes import Fault, Tier
from philo_gateway.editing.requests import Edits
from philo_gateway.jobs.requests import Jobs
from philo_gateway.jobs.store import stream_of
from philo_gateway.quotas.admission import Quotas
from philo_gateway.quotas.handlers import know_minutes, know_subscription
from philo_gateway.quotas.tiers import read_tiers
from philo_gateway.quotas.usage import Usage
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
JOBS, USAGE = "/api/v1/jobs", "/api/v1/auth/me/usage"


async def subscribed(engine, client: Client, tier: str, *, version: int = 1, days: float | None = 30) -> None:
    """Gateway hears of a subscription that began yesterday."""
    now = datetime.now(UTC)
    ends = None if days is None else now + timedelta(days=days)
    begun = now - timedelta(days=100)
    fact = SubscriptionChanged(user=client.user, tier=Tier(tier), starts_at=begun, ends_at=ends)
    async with unit_of_work(engine, "gateway") as unit:
        unit.cause = wrap(fact, source="auth", stream=f"subscription/{client.user}", version=version)
        await know_subscription.react(fact, unit)


async def hears(engine, *facts: Event) -> None:
    for fact in facts:
        async with unit_of_work(engine, "gateway") as unit:
            unit.cause = told(fact)
            await know_minutes.react(fact, unit)


async def last_of(engine, job: str) -> Event:
    async with unit_of_work(engine, "gateway") as unit:
        return (await unit.load(stream_of(job)))[-1].fact()


def only(app, engine, *, queue: int = 100, **figures) -> None:
    """Let the free tier have these figures, and the queue this limit."""
    tiers = dict(read_tiers())
    tiers[Tier.FREE] = tiers[Tier.FREE].model_copy(update=figures)
    quotas = Quotas(tiers, queue)
    app.state.jobs, app.state.edits = Jobs(engine, quotas=quotas), Edits(engine, quotas=quotas)
    app.state.usage = Usage(engine, quotas, app.state.usage.spending)


async def stored(engine, client: Client) -> int:
    async with unit_of_work(engine, "gateway") as unit:
        return await unit.connection.fetchval("select count(*) from job where user_id = $1", client.user)


def refused(answer, status: int, slug: str) -> str:
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}"), answer.text
    return answer.json()["detail"]


async def usage(client: Client) -> dict:
    answer = await client.get(USAGE)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_queue_takes_its_limit_and_not_one_more_however_many_ask_at_once(app, ada, bob, engine):
    only(app, engine, queue=5)
    answers = await asyncio.gather(*(ada.post(JOBS, json={"script": "a"}) for _ in range(12)))
    taken = [answer for answer in answers if answer.status_code == 202]
    assert (len(taken), await stored(engine, ada)) == (5, 5)
    full = next(answer for answer in answers if answer.status_code != 202)
    assert "5 of your jobs" in refused(full, 429, "queue-full")
    assert int(full.headers["retry-after"]) > 0
    assert (await bob.post(JOBS, json={"script": "a"})).status_code == 202
    await ada.delete(taken[0].headers["location"])
    assert (await ada.post(JOBS, json={"script": "a"})).status_code == 202


async def test_edits_and_exports_wait_in_the_same_queue(app, ada, engine):
    film = (await a_film(ada, engine))["id"]
    only(app, engine, queue=1)
    assert (await ada.post(JOBS, json={"script": "a"})).status_code == 202
    refused(await patched(ada, film, narration="Otherwise."), 429, "queue-full")
    refused(await ada.post(f"{JOBS}/{film}/exports", json={"form": "gif"}), 429, "queue-full")
    refused(await ada.post(f"{JOBS}/{film}/fork", json={"config": {}}), 429, "queue-full")


async def test_a_resolution_above_the_tier_is_refused_until_one_subscribes(ada, engine):
    wish = {"script": "a", "config": {"resolution": "2160p"}}
    assert "subscribe to vip" in refused(await ada.post(JOBS, json=wish), 403, "tier-too-low")
    assert await stored(engine, ada) == 0
    await subscribed(engine, ada, "vip")
    assert (await ada.post(JOBS, json=wish)).status_code == 202


async def test_a_subscription_that_has_ended_allows_what_everybody_has(ada, engine):
    await subscribed(engine, ada, "studio", days=-1)
    wish = {"script": "a", "config": {"voice": "elevenlabs:Rachel"}}
    refused(await ada.post(JOBS, json=wish), 403, "tier-too-low")
    assert (await usage(ada))["tier"] == "free"


async def test_what_is_heard_late_of_a_subscription_changes_nothing(ada, engine):
    await subscribed(engine, ada, "free", version=2, days=None)
    await subscribed(engine, ada, "studio", version=1)
    assert (await usage(ada))["tier"] == "free"


async def test_a_tier_gives_its_priority_to_jobs_that_ask_for_none(ada, engine):
    assert (await ada.ask())["priority"] == "default"
    await subscribed(engine, ada, "vip")
    assert (await ada.ask())["priority"] == "high"
    assert (await ada.ask(priority="low"))["priority"] == "low"


async def test_jobs_beyond_what_a_tier_has_worked_at_once_let_others_go_first(app, ada, engine):
    only(app, engine, concurrent_jobs=2)
    assert [(await ada.ask())["priority"] for _ in range(3)] == ["default", "default", "low"]
    assert (await ada.ask(priority="high"))["priority"] == "high"


async def test_minutes_are_promised_exactly_however_many_ask_at_once(app, ada, engine):
    only(app, engine, video_minutes=1.0)
    words = {"script": "word " * 36}  # some 24 seconds with its title and end
    answers = await asyncio.gather(*(ada.post(JOBS, json=words) for _ in range(8)))
    taken = [answer for answer in answers if answer.status_code == 202]
    refused(next(answer for answer in answers if answer.status_code != 202), 402, "quota-exceeded")
    used = (await usage(ada))["video_minutes"]
    assert used["used"] <= used["limit"] == 1.0
    assert 1.0 - used["used"] < used["used"] / len(taken), "another one would have fitted"


async def test_a_film_counts_as_long_as_it_became_and_what_failed_counts_nothing(app, ada, engine):
    only(app, engine, video_minutes=1.0)
    first = (await ada.ask())["id"]
    await carried_out(engine, first)
    await hears(engine, await last_of(engine, first))
    assert (await usage(ada))["video_minutes"]["used"] == 0.15  # nine seconds
    second = (await ada.ask(script="word " * 36))["id"]
    assert (await usage(ada))["video_minutes"]["used"] > 0.3
    await ada.delete(f"{JOBS}/{second}")
    await hears(engine, await last_of(engine, second))
    assert (await usage(ada))["video_minutes"]["used"] == 0.15


async def test_a_film_cannot_grow_by_edits_beyond_the_month(app, ada, engine):
    only(app, engine, video_minutes=1.0)
    film = (await a_film(ada, engine))["id"]
    await hears(engine, await last_of(engine, film))
    before = (await usage(ada))["video_minutes"]["used"]
    refused(await patched(ada, film, narration="word " * 300), 402, "quota-exceeded")
    edit = (await patched(ada, film, narration="word " * 36)).json()["id"]
    promised = (await usage(ada))["video_minutes"]["used"]
    assert before + 0.1 < promised < 1
    await carried_out(engine, edit)
    await hears(engine, *[fact for fact in [await last_of(engine, edit)] if isinstance(fact, JobCompleted)])
    assert (await usage(ada))["video_minutes"]["used"] == promised


async def test_a_job_that_is_retried_waits_in_the_queue_and_counts_again(app, ada, engine):
    only(app, engine, queue=1, video_minutes=1.0)
    job = (await ada.ask(script="word " * 36))["id"]
    promised = (await usage(ada))["video_minutes"]["used"]
    await goes_on(engine, *reading(job), RenderFailed(job=job, fault=Fault(code="x", message="It broke.")))
    await hears(engine, await last_of(engine, job))
    assert (await usage(ada))["video_minutes"]["used"] == 0
    other = (await ada.ask())["id"]
    refused(await ada.post(f"{JOBS}/{job}/retry"), 429, "queue-full")
    await ada.delete(f"{JOBS}/{other}")
    await hears(engine, await last_of(engine, other))
    assert (await ada.post(f"{JOBS}/{job}/retry")).status_code == 202
    assert (await usage(ada))["video_minutes"]["used"] == promised


async def test_a_retry_beyond_the_month_is_refused(app, ada, engine):
    job = (await ada.ask(script="word " * 60))["id"]
    promised = (await usage(ada))["video_minutes"]["used"]
    only(app, engine, video_minutes=1.5 * promised)
    await goes_on(engine, *reading(job), RenderFailed(job=job, fault=Fault(code="x", message="It broke.")))
    await hears(engine, await last_of(engine, job))
    assert (await ada.post(JOBS, json={"script": "word " * 60})).status_code == 202
    refused(await ada.post(f"{JOBS}/{job}/retry"), 402, "quota-exceeded")


async def test_usage_shows_what_is_used_and_what_may_be(ada, engine):
    job = (await ada.ask())["id"]
    await goes_on(engine, *reading(job))
    shown = await usage(ada)
    now = datetime.now(UTC)
    assert shown["tier"] == "free"
    start, end = (datetime.fromisoformat(shown["period"][name]) for name in ("start", "end"))
    assert start <= now < end
    assert start.day == end.day == 1
    assert shown["concurrent_jobs"] == {"used": 1, "limit": read_tiers()[Tier.FREE].concurrent_jobs}
    assert shown["queued_jobs"] == {"used": 1, "limit": 100}
    assert shown["video_minutes"]["limit"] == read_tiers()[Tier.FREE].video_minutes
    assert (Decimal(shown["spend"]["used"]), shown["spend"]["currency"]) == (0, "USD")
    assert Decimal(shown["spend"]["limit"]) == read_tiers()[Tier.FREE].spend


async def test_nobody_sees_the_usage_of_somebody_else(ada, bob):
    await ada.ask()
    assert (await usage(bob))["queued_jobs"]["used"] == 0


async def test_camel_case_is_taken_and_whom_it_is_for_is_kept(ada):
    project = (await ada.post("/api/v1/projects", json={"name": "Tea"})).json()["id"]
    sent = {"script": "a", "maxRetries": 1, "projectId": project, "userId": "theirs"}
    job = (await ada.post(JOBS, json=sent)).json()
    assert (job["max_retries"], job["project_id"], job["user_id"]) == (1, project, ada.user)
    assert job["metadata"] == {"user_id": "theirs"}
    both = await ada.post(JOBS, json={"script": "a", "maxRetries": 1, "max_retries": 2})
    assert both.status_code == 422
