"""An operator decides on what moderation refused."""

from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from editing_world import a_film, an_edit, carried_out, hears_itself, patched, seen
from gateway_world import goes_on, reading

from philo.testing_service import bearer
from philo_contracts.events import AnalysisFailed, ModerationOverruled, ModerationStarted, ScriptRejected
from philo_contracts.shapes import Fault, Moderation
from philo_gateway.jobs.store import stream_of
from philo_kernel import store
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
FOUND = Moderation(score=0.9, categories=("violence",))
APPROVE = {"decision": "approve", "reason": "A history lesson."}
REJECT = {"decision": "reject", "reason": "It is what it seems."}


@pytest_asyncio.fixture
async def operator(app):
    headers = bearer("olga", role="operator")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://philo", headers=headers
    ) as client:
        yield client


async def refused(ada, engine, **wish) -> str:
    job = (await ada.ask(**wish))["id"]
    fault = Fault(code="moderation_rejected", message="This text may not become a film (violence).")
    await goes_on(
        engine, ModerationStarted(job=job, user=ada.user), ScriptRejected(job=job, moderation=FOUND, fault=fault)
    )
    return job


async def decide(client, job: str, wish: dict) -> httpx.Response:
    return await client.post(f"/api/v1/jobs/{job}/moderation", json=wish)


async def facts_of(engine, job: str) -> list:
    async with unit_of_work(engine, "gateway") as unit:
        return [one.fact() for one in await store.load(unit.connection, stream_of(job))]


async def test_what_an_operator_approves_goes_on(ada, engine, operator):
    job = await refused(ada, engine)
    answer = await decide(operator, job, APPROVE)
    assert (answer.status_code, answer.json()["status"], answer.json()["error"]) == (200, "processing", None)
    mine = (await ada.get(f"/api/v1/jobs/{job}")).json()
    assert (mine["moderation"]["status"], mine["moderation"]["categories"]) == ("approved", ["violence"])


async def test_an_approval_carries_what_has_to_be_read(ada, engine, operator):
    job = await refused(ada, engine, title="The war", priority="high")
    await decide(operator, job, APPROVE)
    [told] = [one for one in await facts_of(engine, job) if isinstance(one, ModerationOverruled)]
    assert (told.user, told.operator, told.script, told.title) == (ada.user, "olga", "Once upon a time.", "The war")


async def test_an_approved_job_is_planned_like_any_other(ada, engine, operator):
    job = await refused(ada, engine)
    await decide(operator, job, APPROVE)
    await goes_on(engine, reading(job)[-1])
    mine = (await ada.get(f"/api/v1/jobs/{job}")).json()
    assert (mine["status"], len(mine["scenes"])) == ("processing", 2)


async def test_the_reason_is_in_the_jobs_history(ada, engine, operator):
    job = await refused(ada, engine)
    await decide(operator, job, APPROVE)
    lines = {line["event"]: line for line in (await ada.get(f"/api/v1/jobs/{job}/history")).json()}
    told = lines["ModerationOverruled"]
    assert (told["from"], told["to"], told["reason"]) == ("moderation_failed", "queued", "A history lesson.")


async def test_what_an_operator_rejects_stays_refused_with_the_reason(ada, engine, operator):
    job = await refused(ada, engine)
    answer = await decide(operator, job, REJECT)
    lines = (await ada.get(f"/api/v1/jobs/{job}/history")).json()
    assert (answer.json()["status"], lines[-1]["reason"]) == ("moderation_failed", "It is what it seems.")


async def test_a_rejection_may_be_thought_over(ada, engine, operator):
    job = await refused(ada, engine)
    await decide(operator, job, REJECT)
    assert (await decide(operator, job, APPROVE)).json()["status"] == "processing"


async def test_a_text_that_could_not_be_judged_may_be_approved(ada, engine, operator):
    job = (await ada.ask())["id"]
    fault = Fault(code="language_provider_unavailable", message="It is away.", retryable=True)
    await goes_on(engine, ModerationStarted(job=job, user=ada.user), AnalysisFailed(job=job, fault=fault))
    assert (await decide(operator, job, APPROVE)).json()["status"] == "processing"


async def test_only_what_was_refused_can_be_decided(ada, operator):
    job = (await ada.ask())["id"]
    answer = await decide(operator, job, APPROVE)
    assert (answer.status_code, "this job is queued" in answer.json()["detail"]) == (409, True)


async def test_nobody_decides_twice(ada, engine, operator):
    job = await refused(ada, engine)
    answers = [(await decide(operator, job, APPROVE)).status_code for _ in range(2)]
    assert answers == [200, 409]


async def test_a_job_that_does_not_exist_is_not_found(operator):
    assert (await decide(operator, str(uuid4()), APPROVE)).status_code == 404


async def test_its_owner_may_not_decide(ada, engine):
    job = await refused(ada, engine)
    answer = await decide(ada, job, APPROVE)
    assert (answer.status_code, "operator" in answer.json()["detail"]) == (403, True)


@pytest.mark.parametrize(
    "wish", [{}, {"decision": "approve"}, {"decision": "maybe", "reason": "x"}, APPROVE | {"reason": " "}]
)
async def test_a_decision_needs_a_reason(operator, wish):
    assert (await decide(operator, str(uuid4()), wish)).status_code == 422


async def refused_edit(ada, engine) -> tuple[str, str]:
    """A finished film, and an edit of its second scene that moderation has refused."""
    film = (await a_film(ada, engine))["id"]
    job = (await patched(ada, film, narration="Other words.")).json()["id"]
    fault = Fault(code="moderation_rejected", message="This text may not become a film (violence).")
    facts = ModerationStarted(job=job, user=ada.user), ScriptRejected(job=job, moderation=FOUND, fault=fault)
    await goes_on(engine, *facts)
    await hears_itself(engine, job)
    return film, job


async def test_an_approved_edit_comes_into_its_film(ada, engine, operator):
    film, job = await refused_edit(ada, engine)
    assert [scene["status"] for scene in (await seen(ada, film))["scenes"]] == ["rendered"] * 3
    assert (await decide(operator, job, APPROVE)).json()["status"] == "processing"
    assert (await seen(ada, film))["scenes"][1]["redraw_job_id"] == job
    await carried_out(engine, job)
    await hears_itself(engine, job)
    after = await seen(ada, film)
    assert (after["result"]["revision"], after["scenes"][1]["narration"]) == (2, "Other words.")


async def test_an_edit_of_what_the_film_no_longer_is_cannot_be_approved(ada, engine, operator):
    film, job = await refused_edit(ada, engine)
    await an_edit(ada, engine, film, narration="Otherwise.")
    answer = await decide(operator, job, APPROVE)
    assert (answer.status_code, "Ask for the edit anew" in answer.json()["detail"]) == (409, True)
