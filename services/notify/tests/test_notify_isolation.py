"""Someone else's job is not there, whichever route its id is put into. The routes are the application's own."""

from uuid import uuid4

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from philo.testing_routes import Way, ways
from philo.testing_service import bearer

pytestmark = pytest.mark.stack
WISH = {"url": "http://127.0.0.1:1/hook", "events": ["job.created"]}


async def status(address: str, way: Way, ids: dict[str, str], user: str) -> int:
    """What a way answers; 101 and 200 are streams, which are left at once."""
    path, headers = way.filled(ids), bearer(user)
    if way.method == "WEBSOCKET":
        try:
            async with connect(f"ws://{address}{path}", additional_headers=headers, proxy=None):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code
    async with (
        httpx.AsyncClient(timeout=20) as client,
        client.stream(way.method, f"http://{address}{path}", headers=headers) as answer,
    ):
        return answer.status_code


async def test_someone_elses_ids_are_not_found_by_any_route(app, ada, bob, listening):
    project = str(uuid4())
    story = await ada.begun(project)
    hook = (await listening.ask(ada.user, "POST", "/webhooks", json=WISH)).json()["id"]
    trial = (await listening.ask(ada.user, "POST", f"/webhooks/{hook}/test")).json()["id"]
    ids = {"job_id": story.job, "project_id": project, "webhook_id": hook, "delivery_id": trial}
    found = [way for way in ways(app) if way.names]
    assert {str(way) for way in found if way.names - ids.keys()} == set()
    assert {str(way): await status(listening.address, way, ids, bob.user) for way in found} == dict.fromkeys(
        map(str, found), 404
    )
    owned = [way for way in found if way.method != "DELETE"]
    assert {await status(listening.address, way, ids, ada.user) for way in owned} == {200, 202, 101}
