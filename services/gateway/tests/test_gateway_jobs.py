"""`/jobs` on the wire, over a real database: what is taken, what is refused and how, and who may see what."""

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from gateway_world import goes_on, key_for, reading, story
from structlog.testing import capture_logs

from philo.testing_service import bearer
from philo_contracts.evolution import fold
from philo_contracts.job import Job
from philo_contracts.resource import shown
from philo_gateway.jobs.requests import Jobs
from philo_gateway.jobs.store import stream_of
from philo_kernel.database import engine_for
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
JOBS = "/api/v1/jobs"
NOBODYS = "0192f0c1-2a3b-7c4d-8e5f-60718293a4b5"
PATHS = [
    "",
    "/history",
    "/output",
    "/poster",
    "/subtitles.srt",
    "/scenes/s01/thumbnail",
    "?at_version=1",
]


async def stored_by(client, engine) -> int:
    async with unit_of_work(engine, "gateway") as unit:
        return await unit.connection.fetchval("select count(*) from job where user_id = $1", client.user)


async def test_a_job_is_accepted_with_its_address(ada):
    answer = await ada.post(JOBS, json={"script": "  Once upon a time.\n", "title": "A tale"})
    job = answer.json()
    assert answer.status_code == 202
    assert answer.headers["location"] == f"{JOBS}/{job['id']}"
    assert (job["status"], job["version"], job["script"], job["user_id"]) == (
        "queued",
        2,
        "Once upon a time.",
        ada.user,
    )
    assert (await ada.get(answer.headers["location"])).json() == job


async def test_a_prompt_is_taken_instead_of_a_script(ada):
    answer = await ada.post(JOBS, json={"prompt": "A film about tea"})
    assert (answer.status_code, answer.json()["prompt"], answer.json()["script"]) == (202, "A film about tea", None)


async def test_a_script_of_the_greatest_length_is_taken(ada):
    answer = await ada.post(JOBS, json={"script": "长" * 100_000})
    assert (answer.status_code, len(answer.json()["script"])) == (202, 100_000)


BAD = {
    "nothing": ({}, "Send a script, a prompt or scenes"),
    "an empty script": ({"script": ""}, "at least 1 character"),
    "blanks only": ({"script": " \n\t　"}, "at least 1 character"),
    "200,000 characters": ({"script": "a" * 200_000}, "at most 100000 characters"),
    "a NUL": ({"script": "a\0b"}, "NUL"),
    "a NUL in a key": ({"script": "a", "metadata": {"a\0": 1}}, "NUL"),
    "a number for a script": ({"script": 7}, "valid string"),
    "a list": ([], "valid dictionary"),
    "a word for a number": ({"script": "a", "config": {"speed": "fast"}}, "valid integer"),
    "an unknown field": ({"script": "a", "colour": "red"}, "no field named 'colour'"),
    "an unknown field inside": ({"script": "a", "config": {"music": {"loud": True}}}, "no field named 'loud'"),
    "both": ({"script": "a", "prompt": "b"}, "one of them"),
    "an unknown kind": ({"script": "a", "kind": "opera"}, "'video'"),
    "41 scenes": ({"script": "a", "config": {"scenes": 41}}, "less than or equal to 40"),
    "too few scenes for its length": ({"script": "a" * 60_000, "config": {"scenes": 3}}, "at least 12 scenes"),
    "a project that is no id": ({"script": "a", "project_id": "mine"}, "valid UUID"),
    "a long note": ({"script": "a", "metadata": {"note": "n" * 501}}, "at most 500 characters"),
    "a nested note": ({"script": "a", "metadata": {"note": {}}}, "valid"),
    "a note without end": ({"script": "a", "metadata": {str(n): n for n in range(51)}}, "at most 50 items"),
}


@pytest.mark.parametrize("body", BAD)
async def test_a_bad_wish_is_told_in_words_and_stores_nothing(ada, engine, body):
    sent, words = BAD[body]
    answer = await ada.post(JOBS, json=sent)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert (problem["type"], problem["instance"]) == ("/problems/invalid-request", JOBS)
    assert any(words in part["detail"] for part in problem["errors"]), problem["errors"]
    assert await stored_by(ada, engine) == 0


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{script: once}", "application/json", 400),
        (b'{"script": "a"', "application/json", 400),
        (b'{"script": "\\ud800"}', "application/json", 400),
        (b'{"script": "a", "metadata": {"a": NaN}}', "application/json", 400),
        (b"", "application/json", 422),
        (b'{"script": "a"}', "text/plain", 415),
        (b"script=a", "application/x-www-form-urlencoded", 415),
        (b'{"script": "' + b"a" * 1_100_000 + b'"}', "application/json", 413),
    ],
    ids=["no JSON", "half", "a lone surrogate", "NaN", "empty", "text", "a form", "too large"],
)
async def test_a_body_that_cannot_be_read_is_told_in_words_and_stores_nothing(ada, engine, body, kind, status):
    answer = await ada.post(JOBS, content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert len(answer.json()["detail"]) > 20
    assert await stored_by(ada, engine) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": ""},
        {"Authorization": "Bearer nonsense"},
        bearer("ada", lasting=timedelta(minutes=-5)),
        bearer("ada", key=Ed25519PrivateKey.generate()),
        {"Authorization": "Basic YWRhOmFkYQ=="},
        {"Authorization": "", "X-API-Key": "phk_0000_wrong"},
    ],
    ids=["none", "nonsense", "expired", "signed by another", "another scheme", "an unknown key"],
)
@pytest.mark.parametrize("path", [JOBS, f"{JOBS}/{NOBODYS}", "/api/v1/projects"])
async def test_who_is_not_known_is_told_how_to_be(ada, path, headers):
    answer = await ada.get(path, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthorized")
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_an_api_key_reaches_as_far_as_its_scopes(app, ada, engine):
    headers = {"Authorization": "", "X-API-Key": await key_for(engine, ada.user, "jobs:read")}
    assert (await ada.get(JOBS, headers=headers)).status_code == 200
    refused = await ada.post(JOBS, json={"script": "a"}, headers=headers)
    assert (refused.status_code, "jobs:write" in refused.json()["detail"]) == (403, True)
    assert (await ada.get("/api/v1/projects", headers=headers)).status_code == 403


@pytest.mark.parametrize("path", PATHS)
async def test_someone_elses_job_is_not_there(ada, bob, engine, path):
    job = (await ada.ask())["id"]
    await goes_on(engine, *story(job))
    theirs, nobodys = await bob.get(f"{JOBS}/{job}{path}"), await bob.get(f"{JOBS}/{uuid4()}{path}")
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert theirs.json()["detail"] == nobodys.json()["detail"]
    assert (await ada.get(f"{JOBS}/{job}{path}")).status_code in {200, 302}


async def test_someone_elses_job_cannot_be_cancelled(ada, bob):
    job = (await ada.ask())["id"]
    assert (await bob.delete(f"{JOBS}/{job}")).status_code == 404
    assert (await ada.get(f"{JOBS}/{job}")).json()["status"] == "queued"


@pytest.mark.parametrize(
    "path", ["not-an-id", "not-an-id/history", f"{NOBODYS}?at_version=0", f"{NOBODYS}?at_version=x"]
)
async def test_an_id_or_version_that_cannot_be_is_told_in_words(ada, path):
    answer = await ada.get(f"{JOBS}/{path}")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-request")


async def test_jobs_come_newest_first_in_pages(ada, bob):
    asked = [(await ada.ask())["id"] for _ in range(5)]
    await bob.ask()
    first = (await ada.get(JOBS, params={"limit": 2})).json()
    second = (await ada.get(JOBS, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    last = (await ada.get(JOBS, params={"limit": 2, "cursor": second["next_cursor"]})).json()
    seen = [job["id"] for page in (first, second, last) for job in page["items"]]
    assert (seen, last["next_cursor"]) == (asked[::-1], None)
    skipped = (await ada.get(JOBS, params={"skip": 1, "take": 2})).json()["items"]
    assert [job["id"] for job in skipped] == asked[::-1][1:3]


async def test_jobs_are_filtered_by_status_kind_and_project(ada, engine):
    project = (await ada.post("/api/v1/projects", json={"name": "Tea"})).json()["id"]
    asked = {name: (await ada.ask(**wish))["id"] for name, wish in {"a": {}, "b": {"project_id": project}}.items()}
    await goes_on(engine, *reading(asked["a"]))

    async def found(**query) -> list[str]:
        return [job["id"] for job in (await ada.get(JOBS, params=query)).json()["items"]]

    assert await found(status="processing") == [asked["a"]]
    assert await found(status=["processing", "queued"]) == [asked["b"], asked["a"]]
    assert await found(project=project) == [asked["b"]]
    assert await found(kind="video", status="completed") == []
    assert (await ada.get(JOBS, params={"status": "happy"})).status_code == 422
    assert (await ada.get(JOBS, params={"cursor": "forged"})).status_code == 422


async def test_a_job_can_be_put_into_an_own_project_only(ada, bob):
    project = (await ada.post("/api/v1/projects", json={"name": "Tea"})).json()["id"]
    assert (await ada.ask(project_id=project))["project_id"] == project
    assert (await bob.post(JOBS, json={"script": "a", "project_id": project})).status_code == 404


async def test_the_row_is_the_fold_of_the_log_after_every_fact(ada, engine):
    job = (await ada.ask())["id"]
    for fact in story(job):
        await goes_on(engine, fact)
        async with unit_of_work(engine, "gateway") as unit:
            state, version = await unit.connection.fetchrow("select state::text, version from job where id = $1", job)
            log = await unit.load(stream_of(job))
        assert Job.model_validate_json(state) == fold(log)
        assert version == len(log)
    assert (await ada.get(f"{JOBS}/{job}")).json()["status"] == "completed"


async def test_a_job_at_a_version_is_the_fold_up_to_there(ada, engine):
    job = (await ada.ask())["id"]
    await goes_on(engine, *story(job))
    async with unit_of_work(engine, "gateway") as unit:
        log = await unit.load(stream_of(job))
    for version in range(1, len(log)):
        at = (await ada.get(f"{JOBS}/{job}", params={"at_version": version})).json()
        assert at == shown(fold(log[:version])).model_dump(mode="json")
    beyond = await ada.get(f"{JOBS}/{job}", params={"at_version": len(log) + 1})
    assert (beyond.status_code, f"{len(log)} versions" in beyond.json()["detail"]) == (404, True)


async def test_the_history_tells_every_fact_with_its_cause(ada, engine):
    job = (await ada.ask())["id"]
    await goes_on(engine, *story(job))
    lines = (await ada.get(f"{JOBS}/{job}/history")).json()
    assert [line["version"] for line in lines] == list(range(1, len(lines) + 1))
    moves = [(line["from"], line["to"]) for line in lines if line["from"] != line["to"]]
    ways = [None, "pending", "queued", "moderating", "processing", "completed"]
    assert moves == list(pairwise(ways))
    assert all(line["causation_id"] for line in lines[2:])
    assert [line["event"] for line in lines if not line["main"]] == ["SceneProgressed"]
    voiced = next(line for line in lines if line["event"] == "SceneVoiced")
    assert (voiced["scene_id"], voiced["words"]["code"], voiced["words"]["values"]["duration"]) == (
        "s01",
        "scene_voiced",
        2.0,
    )


async def test_cancelling_twice_is_cancelling_once(ada):
    job = (await ada.ask())["id"]
    first, second = await ada.delete(f"{JOBS}/{job}"), await ada.delete(f"{JOBS}/{job}")
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json() == second.json()
    assert (first.json()["status"], first.json()["version"]) == ("cancelled", 3)


async def test_what_has_ended_cannot_be_cancelled(ada, engine):
    job = (await ada.ask())["id"]
    await goes_on(engine, *story(job))
    refused = await ada.delete(f"{JOBS}/{job}")
    assert (refused.status_code, "completed" in refused.json()["detail"]) == (409, True)


async def test_facts_that_come_after_a_cancellation_change_nothing(ada, engine):
    job = (await ada.ask())["id"]
    await goes_on(engine, *reading(job))
    stopped = (await ada.delete(f"{JOBS}/{job}")).json()
    await goes_on(engine, *story(job)[3:])
    assert (await ada.get(f"{JOBS}/{job}")).json() == stopped


async def test_what_is_not_made_yet_is_told_to_be_waited_for(ada, engine):
    job = (await ada.ask())["id"]
    for path in ("output", "poster", "subtitles.srt", "scenes/s01/thumbnail"):
        answer = await ada.get(f"{JOBS}/{job}/{path}")
        assert (answer.status_code, "not there yet" in answer.json()["detail"]) == (404, True)
    await goes_on(engine, *story(job))
    assert (await ada.get(f"{JOBS}/{job}/subtitles.doc")).status_code == 404
    assert (await ada.get(f"{JOBS}/{job}/scenes/s99/thumbnail")).status_code == 404


async def test_a_database_that_is_away_is_a_problem_to_come_back_from(app, ada):
    away = engine_for("postgresql://nobody@127.0.0.1:1/none", timeout=1)
    app.state.jobs = Jobs(away)
    with capture_logs():
        answers = [await ada.get(JOBS), await ada.post(JOBS, json={"script": "a"})]
    for answer in answers:
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/service-unavailable")
        assert answer.headers["retry-after"]
    await away.dispose()
