"""Someone else's id is not there, whichever route it is put into. The routes are the application's own."""

from typing import Any

import pytest
from auth_world import ADA, BOB, bearer, new_key, registered

from philo.testing_routes import Way, ways

pytestmark = pytest.mark.stack
PREFIX = "/api/v1/auth"
SUBSCRIPTION = {"tier": "pro", "starts_at": "2026-01-01T00:00:00Z", "ends_at": None}
OPERATORS_ONLY = {"PUT /api/v1/auth/users/{user_id}/subscription", "DELETE /api/v1/auth/users/{user_id}/subscription"}
"""403 for everybody else, whatever the id."""


async def status(client, way: Way, ids: dict[str, str], headers: dict[str, str]) -> int:
    sent: dict[str, Any] = {"json": SUBSCRIPTION} if way.method == "PUT" else {}
    return (await client.request(way.method, way.filled(ids).removeprefix(PREFIX), headers=headers, **sent)).status_code


async def test_someone_elses_ids_are_not_found_by_any_route(client):
    ada, bob = await registered(client, ADA), await registered(client, BOB)
    key = await new_key(client, ada)
    ids = {"key_id": key["id"], "user_id": ada["user"]["id"]}
    found = [way for way in ways(client._transport.app) if way.names]
    assert {str(way) for way in found if way.names - ids.keys()} == set()
    told = {str(way): await status(client, way, ids, bearer(bob)) for way in found}
    assert told == {way: 403 if way in OPERATORS_ONLY else 404 for way in told}
    assert {str(way): await status(client, way, ids, {}) for way in found} == dict.fromkeys(told, 401)
    mine = next(way for way in found if way.path == f"{PREFIX}/api-keys/{{key_id}}")
    assert await status(client, mine, ids, bearer(ada)) == 204
