"""`/operator/jobs/{id}/story`: operators are told a job's whole story, by every service for itself."""

from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from gateway_world import Client, goes_on, story

from philo.testing_service import bearer, identity, migrated_database
from philo_contracts.envelope import wrap
from philo_contracts.events import ModerationStarted
from philo_gateway.replaying import PROJECTIONS
from philo_gateway.stories.gathering import Stories
from philo_kernel import data_keys, store
from philo_kernel.database import engine_for
from philo_kernel.http.app import application
from philo_kernel.replay.projection_known import LIVES
from philo_kernel.replay.story_route import Archive, story_of_service
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
OPERATED = "/api/v1/operator/jobs"


@pytest.fixture(scope="session")
def analysis_database(servers):
    with migrated_database(servers, "analysis") as url:
        yield url


@pytest_asyncio.fixture
async def analysis(analysis_database):
    engine = engine_for(analysis_database, pool=4)
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def operator(app, engine, analysis):
    """An operator, and an analysis beside gateway; notify does not answer."""
    beside = application(
        "analysis",
        "1",
        story_of_service(Archive("analysis", analysis, (LIVES,))),
        checks={},
        identity=identity(analysis),
    )

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "notify":
            return httpx.Response(502)
        return await httpx.ASGITransport(beside).handle_async_request(request)

    async with (
        httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client,
        Client(app, f"operator-{uuid4().hex[:8]}") as one,
    ):
        urls = {"analysis": "http://analysis", "notify": "http://notify"}
        app.state.stories = Stories(Archive("gateway", engine, PROJECTIONS), urls, client)
        one.headers.update(bearer(one.user, role="operator"))
        yield one


async def a_film(ada: Client, engine) -> str:
    job = await ada.ask()
    await goes_on(engine, *story(job["id"]))
    return str(job["id"])


async def asked_of(engine, job: str):
    async with unit_of_work(engine, "test") as unit:
        return (await store.load(unit.connection, f"job/{job}"))[0]


async def test_what_the_services_said_is_one_story_in_causal_order(operator, ada, engine, analysis):
    job = await a_film(ada, engine)
    asked = await asked_of(engine, job)
    begun = wrap(
        ModerationStarted(job=job, user=ada.user),
        source="analysis",
        stream=f"reading/{job}",
        version=1,
        because=asked.id,
    )
    async with unit_of_work(analysis, "analysis") as unit:
        await store.append(unit.connection, [begun])
    told = (await operator.get(f"{OPERATED}/{job}/story")).json()
    assert (told["services"], [one["service"] for one in told["away"]]) == (["gateway", "analysis"], ["notify"])
    [checking] = [moment for moment in told["moments"] if moment["service"] == "analysis"]
    assert (checking["type"], checking["cause"], checking["because"]) == ("ModerationStarted", str(asked.id), 1)
    assert [moment["number"] for moment in told["moments"]] == list(range(1, len(told["moments"]) + 1))


async def test_a_service_that_does_not_answer_is_named_with_the_reason(operator, ada, engine):
    away = (await operator.get(f"{OPERATED}/{await a_film(ada, engine)}/story")).json()["away"]
    assert away == [{"service": "notify", "why": "It answered with status 502."}]


async def test_each_service_holds_what_it_keeps_against_the_facts_of_all(operator, ada, engine):
    """Analysis has not heard of the job, whose terms it should have noted."""
    job = (await ada.ask(max_retries=0))["id"]
    found = (await operator.get(f"{OPERATED}/{job}/story/differences")).json()
    standings = {(one["service"], one["table"]): one["standing"] for one in found["verdicts"]}
    assert standings["gateway", "job"] == "same"
    assert standings["analysis", "job_life"] == "behind"
    assert (found["agree"], [one["service"] for one in found["away"]]) == (True, ["notify"])


async def test_a_state_that_is_not_what_the_facts_say_is_shown_to_the_field(operator, ada, engine):
    job = await a_film(ada, engine)
    async with unit_of_work(engine, "test") as unit:
        await unit.connection.execute("update job set state = jsonb_set(state, '{progress}', '3') where id = $1", job)
    found = (await operator.get(f"{OPERATED}/{job}/story/differences")).json()
    [verdict] = [one for one in found["verdicts"] if one["standing"] == "differs"]
    assert (found["agree"], verdict["table"]) == (False, "job")
    assert verdict["differences"] == [{"path": f"{job}/state/progress", "stored": 3, "folded": 100, "only": None}]


async def test_of_somebody_who_was_erased_nothing_is_told_but_that_something_was_said(operator, ada, engine):
    job = (await ada.ask(script="A secret of mine."))["id"]
    async with unit_of_work(engine, "test") as unit:
        await data_keys.erase(unit.connection, ada.user)
    answer = await operator.get(f"{OPERATED}/{job}/story")
    assert [moment["erased"] for moment in answer.json()["moments"]] == [True, True]
    assert "secret" not in answer.text


@pytest.mark.parametrize("path", ["story", "story/differences"])
async def test_a_job_of_which_nothing_was_said_is_not_found(operator, path):
    assert (await operator.get(f"{OPERATED}/{uuid4()}/{path}")).status_code == 404


@pytest.mark.parametrize("path", ["story", "story/differences"])
async def test_nobody_but_an_operator_is_told_not_even_of_their_own(operator, ada, engine, path):
    job = await a_film(ada, engine)
    answer = await ada.get(f"{OPERATED}/{job}/{path}")
    assert (answer.status_code, "operator" in answer.json()["detail"]) == (403, True)


@pytest.mark.parametrize(("method", "path"), [("GET", "chapter"), ("POST", "verdicts")])
async def test_no_service_tells_its_part_to_anybody_else(analysis, method, path):
    router = story_of_service(Archive("analysis", analysis, (LIVES,)))
    app = application("analysis", "1", router, checks={}, identity=identity(analysis))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://analysis") as client:
        answers = [
            await client.request(method, f"{OPERATED}/{uuid4()}/{path}", json={"facts": []}, headers=headers)
            for headers in ({}, bearer("ada"), bearer("ada", role="user"))
        ]
    assert [answer.status_code for answer in answers] == [401, 403, 403]
