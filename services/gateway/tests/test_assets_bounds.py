"""However many upload at once and however much, memory and stores have bounds, and who meets one is told what to do."""

import asyncio

import pytest
from assets_world import ASSETS, PNG, lies_at, sent

from philo_gateway.quotas.places import Places

pytestmark = pytest.mark.stack
FORM = {"Content-Type": "multipart/form-data; boundary=b"}
HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + PNG


@pytest.fixture(autouse=True)
async def bucket(app) -> None:
    await app.state.objects.ensure_bucket()


class Slow:
    """An upload that is on its way until it may end."""

    def __init__(self) -> None:
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()

    async def form(self):
        self.begun.set()
        yield HEAD
        await self.may_end.wait()
        yield b"\r\n--b--\r\n"


async def test_an_upload_that_finds_no_place_is_not_read_and_told_when_to_come_back(ada, bob, app):
    app.state.assets.places = Places("uploads", most=1, each=1, patience=0.01)
    slow, untouched = Slow(), Slow()
    first = asyncio.create_task(ada.post(ASSETS, content=slow.form(), headers=FORM))
    async with asyncio.timeout(20):
        await slow.begun.wait()
        refused = await bob.post(ASSETS, content=untouched.form(), headers=FORM)
        own = await sent(ada, PNG)
        slow.may_end.set()
        taken = await first
    assert (refused.status_code, refused.json()["type"]) == (503, "/problems/service-unavailable")
    assert int(refused.headers["retry-after"]) > 0
    assert (own.status_code, "of your uploads" in own.json()["detail"]) == (429, True)
    assert (untouched.begun.is_set(), lies_at(app, bob.user)) == (False, [])
    assert (taken.status_code, (await sent(bob, PNG)).status_code) == (201, 201)
