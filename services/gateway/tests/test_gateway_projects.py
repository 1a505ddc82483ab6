"""`/projects`: folders that nobody's change gets lost in."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from philo_gateway.projects.folders import Folders
from philo_gateway.projects.tables import ProjectRow
from philo_gateway.quotas.turns import Turns
from philo_kernel.http.problems import Conflict

pytestmark = pytest.mark.stack
PROJECTS = "/api/v1/projects"


async def made(client, name: str = "Tea"):
    return await client.post(PROJECTS, json={"name": name})


async def test_a_project_is_made_with_its_address_and_version(ada):
    answer = await made(ada)
    project = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, f"{PROJECTS}/{project['id']}")
    read = await ada.get(answer.headers["location"])
    assert (read.json(), read.headers["etag"]) == (project, answer.headers["etag"])


async def test_a_change_needs_the_version_it_was_made_on(ada):
    created = await made(ada)
    path, first = created.headers["location"], created.headers["etag"]
    blind = await ada.put(path, json={"name": "Coffee"})
    assert (blind.status_code, "If-Match" in blind.json()["detail"]) == (428, True)
    changed = await ada.put(path, json={"name": "Coffee"}, headers={"If-Match": first})
    assert (changed.status_code, changed.json()["name"]) == (200, "Coffee")
    assert changed.headers["etag"] != first
    stale = await ada.put(path, json={"name": "Cocoa"}, headers={"If-Match": first})
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/precondition-failed")
    assert (await ada.get(path)).json() == changed.json()


async def test_of_two_changes_on_one_version_one_is_told_to_read_again(ada):
    created = await made(ada)
    path, headers = created.headers["location"], {"If-Match": created.headers["etag"]}
    answers = await asyncio.gather(*(ada.put(path, json={"name": name}, headers=headers) for name in "ab"))
    assert sorted(answer.status_code for answer in answers) == [200, 412]


async def test_any_version_is_matched_by_a_star(ada):
    path = (await made(ada)).headers["location"]
    assert (await ada.put(path, json={"name": "Coffee"}, headers={"If-Match": "*"})).status_code == 200


async def test_projects_come_newest_first_in_pages_and_only_ones_own(ada, bob):
    names = [(await made(ada, name)).json()["name"] for name in "abc"]
    await made(bob)
    first = (await ada.get(PROJECTS, params={"limit": 2})).json()
    rest = (await ada.get(PROJECTS, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [project["name"] for page in (first, rest) for project in page["items"]] == names[::-1]
    assert rest["next_cursor"] is None


async def test_a_project_that_is_deleted_is_gone_and_its_jobs_stay(ada):
    project = (await made(ada)).json()["id"]
    job = (await ada.ask(project_id=project))["id"]
    assert (await ada.delete(f"{PROJECTS}/{project}")).status_code == 204
    assert (await ada.get(f"{PROJECTS}/{project}")).status_code == 404
    assert (await ada.get(f"/api/v1/jobs/{job}")).json()["project_id"] == project


async def test_someone_elses_project_is_not_there(ada, bob):
    path = (await made(ada)).headers["location"]
    read, deleted = await bob.get(path), await bob.delete(path)
    changed = await bob.put(path, json={"name": "mine"}, headers={"If-Match": "*"})
    unknown = await bob.get(f"{PROJECTS}/{uuid4()}")
    assert {answer.status_code for answer in (read, deleted, changed, unknown)} == {404}
    assert (await ada.get(path)).json()["name"] == "Tea"


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "  "}, {"name": "n" * 201}, {"name": "a", "owner": "bob"}])
async def test_a_bad_project_is_told_in_words(ada, body):
    answer = await ada.post(PROJECTS, json=body)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-request")
    assert (await ada.get(PROJECTS)).json()["items"] == []


async def test_so_many_projects_are_kept_until_one_is_deleted(app, ada, bob, engine):
    app.state.folders = Folders(engine, 2, Turns())
    path = (await made(ada)).headers["location"]
    answers = [await made(one) for one in (ada, ada, bob)]
    assert [answer.status_code for answer in answers] == [201, 409, 201]
    assert "Delete one" in answers[1].json()["detail"]
    await ada.delete(path)
    assert (await made(ada)).status_code == 201


async def test_not_one_project_more_is_kept_however_many_replicas_make_some_at_once(ada, engine):
    def row() -> ProjectRow:
        now = datetime.now(UTC)
        return ProjectRow(id=str(uuid4()), user_id=ada.user, name="Tea", created_at=now, updated_at=now)

    replicas = [Folders(engine, 3, Turns()) for _ in range(3)]
    found = await asyncio.gather(*(one.add(row()) for one in replicas for _ in range(4)), return_exceptions=True)
    assert [type(one) for one in found if one] == [Conflict] * 9
    assert len((await ada.get(PROJECTS)).json()["items"]) == 3
