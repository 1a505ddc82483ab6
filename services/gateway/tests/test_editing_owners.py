"""Who may look at a film's scenes, takes, revisions and previews, or make another of it: its owner, and nobody else."""

import pytest
from editing_world import JOBS, a_film, seen

pytestmark = pytest.mark.stack

ROUTES = [
    ("GET", "/scenes/s01"),
    ("PATCH", "/scenes/s01"),
    ("GET", "/scenes/s01/takes"),
    ("GET", "/scenes/s01/takes/1/thumbnail"),
    ("POST", "/scenes/s01/takes/1/restore"),
    ("GET", "/revisions"),
    ("GET", "/revisions/1/output"),
    ("GET", "/preview/1/index.m3u8"),
    ("POST", "/fork"),
    ("POST", "/exports"),
]
BODIES = {"PATCH": {"title": "Mine"}, "/fork": {"config": {}}, "/exports": {"form": "gif"}}


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=lambda part: part)
async def test_someone_elses_film_is_not_there(ada, bob, engine, method, path):
    film = await a_film(ada, engine)
    body = BODIES.get(method) or BODIES.get(path)
    answer = await bob.request(method, f"{JOBS}/{film['id']}{path}", json=body, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    assert "among yours" in answer.json()["detail"]
    assert await seen(ada, film["id"]) | {"result": None} == film | {"result": None}


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=lambda part: part)
async def test_whoever_is_not_known_is_told_so(ada, engine, method, path):
    film = await a_film(ada, engine)
    answer = await ada.request(
        method, f"{JOBS}/{film['id']}{path}", json=BODIES.get(method) or BODIES.get(path), headers={"Authorization": ""}
    )
    assert answer.status_code == 401
