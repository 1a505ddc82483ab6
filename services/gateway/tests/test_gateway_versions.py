"""ETags of jobs and projects, HEAD, and lists that are light."""

import pytest
from gateway_world import goes_on, reading, story

pytestmark = pytest.mark.stack
JOBS, PROJECTS = "/api/v1/jobs", "/api/v1/projects"


async def test_who_has_the_project_already_is_told_so_until_it_changes(ada):
    created = await ada.post(PROJECTS, json={"name": "Tea"})
    path, tag = created.headers["location"], created.headers["etag"]
    same = await ada.get(path, headers={"If-None-Match": tag})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    await ada.put(path, json={"name": "Coffee"}, headers={"If-Match": tag})
    assert (await ada.get(path, headers={"If-None-Match": tag})).status_code == 200


async def test_who_has_the_job_already_is_told_so_until_something_happens(ada, engine):
    job = await ada.ask()
    path = f"{JOBS}/{job['id']}"
    tag = (await ada.get(path)).headers["etag"]
    same = await ada.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (same.status_code, same.content) == (304, b"")
    await goes_on(engine, *reading(job["id"]))
    changed = await ada.get(path, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["etag"] != tag) == (200, True)


async def test_a_finished_job_keeps_its_tag_though_its_links_are_signed_anew(ada, engine):
    job = await ada.ask()
    await goes_on(engine, *story(job["id"]))
    first = await ada.get(f"{JOBS}/{job['id']}")
    assert first.json()["result"]["signed_url"]
    again = await ada.get(f"{JOBS}/{job['id']}", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


async def test_a_list_leaves_out_the_script_and_nothing_else(ada):
    job = await ada.ask(script="A very long script.")
    [listed] = (await ada.get(JOBS)).json()["items"]
    whole = (await ada.get(f"{JOBS}/{job['id']}")).json()
    assert (listed, whole["script"]) == (whole | {"script": None}, "A very long script.")


@pytest.mark.parametrize(
    "path", ["output", "poster", "subtitles.srt", "scenes/s01/thumbnail", "revisions/1/output", "preview/1/index.m3u8"]
)
async def test_head_answers_as_get_does(ada, engine, path):
    job = (await ada.ask())["id"]
    await goes_on(engine, *story(job))
    got, asked = await ada.get(f"{JOBS}/{job}/{path}"), await ada.head(f"{JOBS}/{job}/{path}")
    assert asked.status_code == got.status_code
    assert asked.headers.get("content-type") == got.headers.get("content-type")
