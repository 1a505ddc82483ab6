"""What holds for every route of every service, also for those that are written tomorrow."""

import pytest
from fastapi import FastAPI

from philo.documents.surface import auth_app, gateway_app, notify_app, tts_app
from philo.testing_routes import Way, ways
from philo_kernel.http.idempotency import Creating

TWICE_IS_ONCE = {
    "POST /api/v1/dead-letters/redrive",
    "POST /api/v1/dead-letters/{letter_id}/redrive",
}
"""These begin work that is begun already when they are asked twice."""


@pytest.fixture(scope="module")
def apps() -> list[FastAPI]:
    return [gateway_app(), auth_app(), notify_app(), tts_app()]


def test_whatever_creates_honours_idempotency_keys(apps):
    made = [way for app in apps for way in ways(app) if way.method == "POST" and way.route.status_code in {201, 202}]
    forgotten = [str(way) for way in made if not (honours(way) or str(way) in TWICE_IS_ONCE)]
    assert (forgotten, len(made) > 10) == ([], True)


def honours(way: Way) -> bool:
    return isinstance(way.route.original_route, Creating)


def test_every_list_comes_in_pages(apps):
    """A list has a limit, or it is a part of one thing and is bounded with it."""
    parts = {"takes", "revisions", "history", "costs", "status"}
    for way in (way for app in apps for way in ways(app) if way.method == "GET" and way.path.startswith("/api/")):
        answer = str(getattr(way.route, "response_model", None))
        if answer.startswith("list["):
            assert way.path.rpartition("/")[2] in parts, way
