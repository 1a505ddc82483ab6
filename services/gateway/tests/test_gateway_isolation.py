"""Someone else's id is not there, whichever route it is put into. The routes are the application's own."""

from typing import Any

import pytest
from assets_world import MP4, a_project, brought, ingested, looked_at
from editing_world import a_film, an_edit
from gateway_world import Client

from philo.testing_routes import Way, ways
from philo_gateway.proxy import Upstream

pytestmark = [pytest.mark.stack, pytest.mark.heavy]

CONFIG = {"config": {"aspect": "9:16"}}
BODIES: dict[str, Any] = {
    "PUT /api/v1/projects/{project_id}": {"name": "Coffee"},
    "PATCH /api/v1/jobs/{job_id}/scenes/{scene_id}": {"narration": "Otherwise."},
    "POST /api/v1/jobs/{job_id}/scenes/{scene_id}/estimate": {"narration": "Otherwise."},
    "POST /api/v1/jobs/{job_id}/fork": CONFIG,
    "POST /api/v1/jobs/{job_id}/fork/estimate": CONFIG,
    "POST /api/v1/jobs/{job_id}/exports": {"form": "gif"},
    "POST /api/v1/jobs/{job_id}/moderation": {"decision": "approve", "reason": "It is harmless."},
    "PUT /api/v1/users/{user_id}/budget": {"per_month": "10.00"},
}
"""A body that its own user could send. A route that needs one and is not here fails, and so does one that is gone."""
OPERATORS_ONLY = {
    "POST /api/v1/jobs/{job_id}/moderation",
    "GET /api/v1/users/{user_id}/budget",
    "PUT /api/v1/users/{user_id}/budget",
    "GET /api/v1/dead-letters/{letter_id}",
    "POST /api/v1/dead-letters/{letter_id}/redrive",
    "GET /api/v1/operator/jobs/{job_id}/story",
    "GET /api/v1/operator/jobs/{job_id}/story/differences",
}
"""403 for everybody else, whatever the id: nothing is told of whether there is such a thing."""
BY_LINK = {"/media/{token}", "/media/preview/{token}/index.m3u8"}
"""Whoever holds the link may read: the token is the credential, and no id."""
PAGES = {"/studio/{version}/{path:path}", "/reference/{version}/{path:path}"}
"""Files that come with gateway, for everybody: they hold nothing of anybody's."""
GONE_ALREADY = "DELETE /api/v1/projects/{project_id}/videos/{asset_id}"
"""The same asset as at its other path, which has deleted it by then."""


def ways_with_ids(app) -> list[Way]:
    """Those of gateway itself: what it passes on is tried where it is answered."""
    own = [way for way in ways(app) if way.names and way.path not in BY_LINK | PAGES and not passed_on(way)]
    return sorted(own, key=lambda way: ("GET HEAD PATCH PUT POST DELETE".index(way.method), way.path))


def passed_on(way: Way) -> bool:
    return isinstance(getattr(way.route.endpoint, "__self__", None), Upstream)


async def asked(client: Client, way: Way, ids: dict[str, str]) -> int:
    if way.path.endswith("/videos") and way.method == "POST":
        sent: dict[str, Any] = {"files": {"file": ("a.mp4", MP4, "video/mp4")}}
    else:
        sent = {"json": BODIES[str(way)]} if str(way) in BODIES else {}
    answer = await client.request(way.method, way.filled(ids), headers={"If-Match": "*"}, **sent)
    return answer.status_code


@pytest.fixture
async def ids(app, ada: Client, engine) -> dict[str, str]:
    """One of everything that Ada has."""
    await app.state.objects.ensure_bucket()
    film = await a_film(ada, engine, project_id=(project := await a_project(ada)))
    await an_edit(ada, engine, film["id"], "s01", narration="Said otherwise.")
    video = await brought(ada, MP4, path=f"/api/v1/projects/{project}/videos")
    await looked_at(engine, ingested(video, ada.user))
    begun = {"session_id": f"session-of-{ada.user}", "scene_count": 2, "prompt": "The sea."}
    assert (await ada.post("/api/v1/jobs/generate", json=begun)).status_code == 202
    return {
        "job_id": film["id"],
        "scene_id": "s01",
        "take": "1",
        "revision": "1",
        "form": "srt",
        "project_id": project,
        "asset_id": video["asset_id"],
        "session_id": begun["session_id"],
        "user_id": ada.user,
        "task_id": (await ada.post("/api/v1/test/hello")).json()["task_id"],
        "letter_id": "gateway-1",
    }


async def test_every_route_is_known_to_this_test(app, ids):
    found = ways_with_ids(app)
    unknown = {str(way) for way in found if way.names - ids.keys()}
    gone = (BODIES.keys() | OPERATORS_ONLY) - {str(way) for way in found}
    assert (unknown, gone) == (set(), set())


async def test_someone_elses_ids_are_not_found_by_any_route(app, bob, ids):
    told = {str(way): await asked(bob, way, ids) for way in ways_with_ids(app)}
    expected = {way: 403 if way in OPERATORS_ONLY else 404 for way in told}
    assert told == expected


async def test_without_credentials_no_route_tells_anything(app, bob, ids):
    del bob.headers["Authorization"]
    told = {str(way): await asked(bob, way, ids) for way in ways_with_ids(app)}
    assert set(told.values()) == {401}, told


async def test_the_ids_are_real_for_whom_they_belong_to(app, ada, ids):
    """Else the tests above would find nothing for another reason."""
    own = [way for way in ways_with_ids(app) if str(way) not in OPERATORS_ONLY | {GONE_ALREADY}]
    told = {str(way): await asked(ada, way, ids) for way in own}
    refused = {way: status for way, status in told.items() if status not in {200, 201, 202, 204, 302, 409}}
    assert refused == {}
