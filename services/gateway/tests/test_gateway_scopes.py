"""Which key reaches what, read off the tables of routes: a new route cannot forget to say so."""

from collections.abc import Iterator

import pytest
from fastapi.routing import iter_route_contexts
from gateway_world import key_for

from philo.documents.surface import gateway_app, notify_app
from philo_gateway import main as gateway
from philo_kernel.http.identity import SCOPES, operator

PASSED_ON = {
    *gateway.AUTH,
    *gateway.EVENTS,
    *gateway.SOCKETS,
    *gateway.WEBHOOKS,
    "/api/v1/analysis/{path:path}",
    "/api/v1/providers/{path:path}",
    "/api/v1/voices",
    "/api/v1/voices/{path:path}",
    "/api/v1/looks",
    "/api/v1/looks/{path:path}",
}
"""Other services answer here, and ask who calls; what they show to anybody is nobody's."""
KNOWN = {f"{what}:{how}" for what in ("jobs", "projects", "assets") for how in ("read", "write")}


def routes(app) -> Iterator:
    """Those that FastAPI made, with what every router above them depends on."""
    return (route for route in iter_route_contexts(app.routes) if getattr(route, "dependant", None))


def calls(dependant) -> Iterator:
    for one in dependant.dependencies:
        yield one.call
        yield from calls(one)


def declared(route) -> set[str]:
    """The scopes a route asks for; `operator` where no key of whatever scope reaches."""
    found = list(calls(route.dependant))
    return {SCOPES[call] for call in found if call in SCOPES} | ({"operator"} if operator in found else set())


@pytest.mark.parametrize("build", [gateway_app, notify_app])
def test_every_route_says_which_scope_it_needs(build):
    ours = [route for route in routes(build()) if route.path.startswith("/api/v1")]
    assert ours
    silent = {route.path for route in ours if not declared(route)}
    assert silent <= PASSED_ON, f"these routes do not say who may call them: {sorted(silent - PASSED_ON)}"


@pytest.mark.parametrize("build", [gateway_app, notify_app])
def test_routes_ask_for_scopes_that_a_key_can_have(build):
    asked = {scope for route in routes(build()) for scope in declared(route)}
    assert asked - {"operator"} <= KNOWN


@pytest.mark.parametrize("build", [gateway_app, notify_app])
def test_what_changes_something_is_no_reading(build):
    changing = {"POST", "PUT", "PATCH", "DELETE"}
    ours = [route for route in routes(build()) if route.methods]
    weak = {
        route.path
        for route in ours
        if changing & set(route.methods)
        and (scopes := declared(route))
        and not any(scope == "operator" or scope.endswith(":write") for scope in scopes)
    }
    assert weak <= READING_POSTS


READING_POSTS = {
    "/api/v1/analyses",
    "/api/v1/jobs/{job_id}/fork/estimate",
    "/api/v1/jobs/estimate",
    "/api/v1/jobs/{job_id}/scenes/{scene_id}/estimate",
    "/api/v1/realtime/tickets",
}
"""These store nothing of anybody's."""

REACHES = [
    ("GET", "/api/v1/jobs", "jobs:read"),
    ("POST", "/api/v1/jobs", "jobs:write"),
    ("POST", "/api/v1/jobs/generate", "jobs:write"),
    ("POST", "/api/v1/jobs/edit", "jobs:write"),
    ("GET", "/api/v1/sessions/one", "jobs:read"),
    ("GET", "/api/v1/auth/me/usage", "jobs:read"),
    ("GET", "/api/v1/projects", "projects:read"),
    ("POST", "/api/v1/projects", "projects:write"),
    ("GET", "/api/v1/assets", "assets:read"),
    ("POST", "/api/v1/assets", "assets:write"),
]


@pytest.mark.stack
@pytest.mark.parametrize(("method", "path", "scope"), REACHES)
async def test_a_key_without_the_scope_is_told_which_one_it_lacks(ada, engine, method, path, scope):
    others = sorted(KNOWN - {scope})
    headers = {"Authorization": "", "X-API-Key": await key_for(engine, ada.user, *others)}
    answer = await ada.request(method, path, headers=headers, json={} if method == "POST" else None)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden"), answer.text
    assert scope in answer.json()["detail"]
    enough = {"Authorization": "", "X-API-Key": await key_for(engine, ada.user, scope)}
    answer = await ada.request(method, path, headers=enough, json={} if method == "POST" else None)
    assert answer.status_code in {200, 404, 415, 422}, answer.text
