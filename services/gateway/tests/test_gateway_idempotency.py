"""`Idempotency-Key`: however often a request is sent, it is carried out once."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from gateway_world import Client, key_for
from sqlalchemy import text

from philo_kernel.http.first_answers import Attempt, prune
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
JOBS, PROJECTS = "/api/v1/jobs", "/api/v1/projects"
WISH = {"script": "Once upon a time."}


def keyed(key: str | None = None) -> dict[str, str]:
    return {"Idempotency-Key": key or str(uuid4())}


async def listed(client: Client, path: str = JOBS) -> list[dict]:
    return (await client.get(path)).json()["items"]


async def aged(engine, seconds: float) -> None:
    async with engine.connect() as connection:
        statement = text("update idempotency_key set at = at - make_interval(secs => :seconds)")
        await connection.execute(statement, {"seconds": seconds})


async def test_a_hundred_clients_with_one_key_get_one_job(ada):
    headers = keyed()
    answers = await asyncio.gather(*(ada.post(JOBS, json=WISH, headers=headers) for _ in range(100)))
    assert {answer.status_code for answer in answers} <= {202, 409}
    [job] = await listed(ada)
    assert {answer.json()["id"] for answer in answers if answer.status_code == 202} == {job["id"]}


async def test_the_first_answer_is_told_again_word_for_word(ada):
    headers = keyed()
    first, again = [await ada.post(JOBS, json=WISH, headers=headers) for _ in range(2)]
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")
    assert first.headers["x-request-id"] != again.headers["x-request-id"]


async def test_another_body_under_the_same_key_is_refused(ada):
    headers = keyed()
    await ada.post(JOBS, json=WISH, headers=headers)
    answer = await ada.post(JOBS, json={"script": "Another one."}, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "header/idempotency-key")
    assert len(await listed(ada)) == 1


async def test_another_path_under_the_same_key_is_refused(ada):
    headers = keyed()
    await ada.post(JOBS, json=WISH, headers=headers)
    assert (await ada.post(PROJECTS, json=WISH, headers=headers)).status_code == 422


async def test_while_the_first_is_worked_on_a_repetition_is_told_to_wait(ada, engine):
    headers = keyed()
    await ada.post(PROJECTS, json={"name": "Tea"}, headers=headers)
    async with engine.connect() as connection:
        await connection.execute(text("update idempotency_key set answer = null, worked = false"))
    answer = await ada.post(PROJECTS, json={"name": "Tea"}, headers=headers)
    assert (answer.status_code, answer.headers["retry-after"]) == (409, "1")


async def test_an_attempt_that_died_before_it_did_anything_is_taken_over(ada, engine):
    headers = keyed()
    await ada.post(PROJECTS, json={"name": "Tea"}, headers=headers)
    async with engine.connect() as connection:
        await connection.execute(text("update idempotency_key set answer = null, worked = false"))
        await connection.execute(text("delete from project where user_id = :user"), {"user": ada.user})
    await aged(engine, 61)
    assert (await ada.post(PROJECTS, json={"name": "Tea"}, headers=headers)).status_code == 201
    assert len(await listed(ada, PROJECTS)) == 1


async def test_what_was_done_is_never_done_again_even_if_its_answer_was_lost(ada, engine, monkeypatch):
    async def died(_attempt, _answer) -> None:
        raise ConnectionError("the process died here")

    headers = keyed()
    with monkeypatch.context() as patched:
        patched.setattr(Attempt, "keep", died)
        assert (await ada.post(JOBS, json=WISH, headers=headers)).status_code == 202
    await aged(engine, 61)
    answer = await ada.post(JOBS, json=WISH, headers=headers)
    assert (answer.status_code, "carried out" in answer.json()["detail"]) == (409, True)
    assert len(await listed(ada)) == 1


async def test_an_attempt_that_was_taken_over_commits_nothing(ada, engine):
    """A slow request wakes up after its repetition has begun."""
    slow = Attempt(engine, f"user/{ada.user}", "slow", 0.0)
    assert await slow.begin(b"same") is None
    assert await Attempt(engine, slow.owner, slow.key, 0.0).begin(b"same") is None
    async with slow.marking():
        answer = await ada.post(PROJECTS, json={"name": "Tea"})
    assert answer.status_code == 409
    assert await listed(ada, PROJECTS) == []


async def test_what_was_refused_may_be_sent_again_under_its_key(ada):
    headers = keyed()
    assert (await ada.post(JOBS, json={"project_id": str(uuid4()), **WISH}, headers=headers)).status_code == 404
    assert (await ada.post(JOBS, json={}, headers=headers)).status_code == 422
    assert (await ada.post(JOBS, json=WISH, headers=headers)).status_code == 202


async def test_a_key_is_forgotten_after_a_day(ada, engine):
    headers = keyed()
    first = await ada.post(PROJECTS, json={"name": "Tea"}, headers=headers)
    await aged(engine, 24 * 3600 + 1)
    again = await ada.post(PROJECTS, json={"name": "Tea"}, headers=headers)
    assert first.json()["id"] != again.json()["id"]


async def test_what_is_a_day_old_is_cleared_away_and_nothing_else(ada, engine):
    await ada.post(PROJECTS, json={"name": "Tea"}, headers=keyed())
    await aged(engine, 24 * 3600 + 1)
    await ada.post(PROJECTS, json={"name": "Tea"}, headers=keyed())
    async with unit_of_work(engine, "test") as unit:
        await prune(unit.connection)
        assert await unit.connection.fetchval("select count(*) from idempotency_key") == 1


async def test_equal_keys_of_two_people_are_two_keys(ada, bob):
    headers = keyed()
    first, second = [await client.post(JOBS, json=WISH, headers=headers) for client in (ada, bob)]
    assert (second.status_code, second.json()["id"] != first.json()["id"]) == (202, True)


async def test_an_api_key_without_the_scope_is_not_told_what_another_one_got(app, ada, engine):
    headers = keyed()
    await ada.post(JOBS, json=WISH, headers=headers)
    weak = {"X-API-Key": await key_for(engine, ada.user, "jobs:read")} | headers
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://philo") as client:
        assert (await client.post(JOBS, json=WISH, headers=weak)).status_code == 403


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "é".encode()])
async def test_a_key_that_is_none_is_refused_in_words(ada, key):
    answer = await ada.post(JOBS, json=WISH, headers={"Idempotency-Key": key})
    assert (answer.status_code, "ASCII" in answer.json()["detail"]) == (422, True)


async def test_neither_key_nor_answer_lies_open_in_the_database(ada, engine):
    headers = keyed("k" * 40)
    await ada.post(JOBS, json={"script": "A secret of mine."}, headers=headers)
    async with engine.connect() as connection:
        rows = (await connection.execute(text("select k::text as row from idempotency_key k"))).scalars().all()
    assert not [row for row in rows if "secret" in row or "k" * 40 in row]
