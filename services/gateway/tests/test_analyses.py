"""A script is read into scenes before anything is made of it, and a film is made of scenes as they are sent."""

import asyncio

import httpx
import pytest
from editing_world import JOBS, asked
from pydantic import ValidationError

from philo_analysis.api import router
from philo_contracts.shapes import Mood
from philo_gateway.analyses.api import AnalysisResource
from philo_gateway.analyses.reading import Analyses
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.money.needs import needs_of_wish
from philo_gateway.quotas.places import Places
from philo_kernel.http.app import application
from philo_kernel.http.problems import ServiceUnavailable, TooManyRequests, Unprocessable

SCRIPT = (
    "At dawn a small boat leaves the harbour.\n\nAt noon the wind turns, and rain falls.\n\nAt night it comes home."
)
SCENES = [{"narration": "A boat leaves.", "mood": "calm"}, {"narration": "It comes home.", "title": "Home"}]
PLACES = Places("readings", most=9, each=9)
ENGLISH = {"config": {"language": "en"}}


@pytest.fixture
async def analyses():
    """Asked of the reading service itself."""
    transport = httpx.ASGITransport(app=application("analysis", "0", router, checks={}))
    async with httpx.AsyncClient(transport=transport) as client:
        yield Analyses("http://analysis.test/", client, PLACES)


async def test_a_script_is_read_into_scenes_whose_words_are_its_own(analyses):
    found = AnalysisResource.model_validate_json(
        await analyses.read("ada", {"kind": "script", "text": SCRIPT, "title": None, "language": None, "scenes": 3})
    )
    assert (found.language, len(found.scenes)) == ("en", 3)
    assert " ".join(scene.narration for scene in found.scenes).split() == SCRIPT.split()
    assert all(scene.title and scene.visual_prompt for scene in found.scenes)


async def test_what_has_no_words_is_refused_in_words(analyses):
    with pytest.raises(Unprocessable, match="at least one sentence"):
        await analyses.read("ada", {"kind": "script", "text": "…!?"})


async def test_where_nobody_reads_this_is_said():
    async with httpx.AsyncClient() as client:
        with pytest.raises(ServiceUnavailable, match="cannot be read now"):
            await Analyses("http://127.0.0.1:1", client, PLACES).read("ada", {"kind": "script", "text": SCRIPT})


async def test_a_user_has_so_many_scripts_read_at_once_and_keeps_nobody_else_waiting(analyses):
    asked, may_answer = asyncio.Queue[httpx.Request](), asyncio.Event()

    async def reads_slowly(request: httpx.Request) -> httpx.Response:
        asked.put_nowait(request)
        await may_answer.wait()
        return httpx.Response(200, json={})

    async with asyncio.timeout(20), httpx.AsyncClient(transport=httpx.MockTransport(reads_slowly)) as client:
        slow = Analyses("http://slow.test", client, Places("readings", most=3, each=2, patience=0.01))
        first = [asyncio.create_task(slow.read("ada", {})) for _ in range(2)]
        await asked.get(), await asked.get()
        with pytest.raises(TooManyRequests, match="2 of your readings"):
            await slow.read("ada", {})
        other = asyncio.create_task(slow.read("bob", {}))
        await asked.get()
        with pytest.raises(ServiceUnavailable, match="no room"):
            await slow.read("cid", {})
        may_answer.set()
        assert await asyncio.gather(*first, other) == [b"{}"] * 3


async def test_what_was_read_can_be_sent_as_a_film(analyses):
    read = AnalysisResource.model_validate_json(await analyses.read("ada", {"kind": "script", "text": SCRIPT}))
    scenes = read.model_dump(mode="json")["scenes"]
    wish = JobRequest.model_validate({"title": read.title, "scenes": scenes, "config": {"language": read.language}})
    assert wish.text.split() == SCRIPT.split()


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"scenes": SCENES}, "config.language"),
        ({"scenes": SCENES, "script": SCRIPT} | ENGLISH, "one of them"),
        ({"scenes": SCENES, "config": {"language": "en", "scenes": 5}}, "config.scenes"),
        ({"scenes": [{"narration": "word " * 900}] * 30} | ENGLISH, "100,000"),
        ({"scenes": []} | ENGLISH, "at least 1"),
    ],
)
def test_scenes_that_cannot_be_filmed_are_refused_in_words(wish, words):
    with pytest.raises(ValidationError, match=words):
        JobRequest.model_validate(wish)


def test_scenes_need_nobody_to_read_them():
    needs = needs_of_wish(JobRequest.model_validate({"scenes": SCENES} | ENGLISH), writes=True)
    assert (needs.scenes, needs.pictures, needs.read, needs.judged) == (
        2,
        2,
        "",
        len("A boat leaves.\n\nIt comes home."),
    )


@pytest.mark.stack
async def test_a_film_of_scenes_is_told_as_they_are_and_all_of_it_is_judged(ada, engine):
    answer = await ada.post(JOBS, json={"scenes": SCENES, "title": "The boat"} | ENGLISH)
    job = answer.json()
    plan = (await asked(engine, job["id"])).plan
    assert (answer.status_code, job["title"], plan.title, plan.origin) == (202, "The boat", "The boat", job["id"])
    assert [(scene.id, scene.title, scene.narration) for scene in plan.scenes] == [
        ("s01", "A boat leaves.", "A boat leaves."),
        ("s02", "Home", "It comes home."),
    ]
    assert (plan.changed, plan.mood, plan.scenes[1].visual_prompt) == (("s01", "s02"), Mood.CALM, "It comes home.")


@pytest.mark.stack
async def test_somebody_elses_picture_cannot_be_put_into_a_scene(ada):
    missing = "01890000-0000-7000-8000-000000000000"
    wish = {"scenes": [SCENES[0] | {"picture_asset_id": missing}]} | ENGLISH
    assert (await ada.post(JOBS, json=wish)).status_code == 404
