"""However many upload at once and however much, memory and stores have bounds, and who meets one is told what to do."""

import asyncio

import pytest
from assets_world import ASSETS, MP4, PNG, brought, lies_at, sent

from philo_contracts.shapes import Tier
from philo_gateway.quotas.admission import Quotas
from philo_gateway.quotas.places import Places
from philo_gateway.quotas.tiers import read_tiers

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


def keeping(app, **bytes_of: int) -> None:
    """Let tiers keep so many bytes."""
    tiers = {tier: limits.model_copy(update={"stored_bytes": bytes_of[tier]}) for tier, limits in read_tiers().items()}
    app.state.assets.quotas = Quotas(tiers)


async def test_files_of_one_user_are_no_more_than_their_tier_keeps_however_many_come_at_once(ada, bob, app):
    keeping(app, free=4 * len(PNG), vip=5 * len(PNG), studio=9 * len(PNG))
    answers = await asyncio.gather(*(sent(ada, PNG, f"{number}.png") for number in range(8)))
    taken = [answer for answer in answers if answer.status_code == 201]
    full = next(answer for answer in answers if answer.status_code != 201)
    assert (len(taken), len(lies_at(app, ada.user))) == (4, 4)
    assert (full.status_code, full.json()["type"]) == (413, "/problems/storage-full")
    assert (await sent(bob, PNG)).status_code == 201


async def test_who_has_no_room_left_is_told_which_files_would_make_some(ada, app):
    keeping(app, free=300, vip=301, studio=400)
    large = await brought(ada, MP4 + bytes(50), "holiday.mp4")
    await brought(ada, PNG, "tea.png")
    words = (await sent(ada, PNG)).json()["detail"]
    assert words.index("'holiday.mp4'") < words.index("'tea.png'")
    assert "subscribe to studio" in words
    await ada.delete(f"{ASSETS}/{large['asset_id']}")
    assert (await sent(ada, PNG)).status_code == 201


async def test_a_file_that_cannot_fit_in_is_not_read(ada, app):
    keeping(app, free=1_000_000, vip=2_000_000, studio=2_000_000)
    untouched = Slow()
    answer = await ada.post(ASSETS, content=untouched.form(), headers=FORM | {"Content-Length": "1100000"})
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/storage-full")
    assert not untouched.begun.is_set()


async def test_usage_shows_what_files_take_up(ada, app):
    await brought(ada, PNG)
    usage = (await ada.get("/api/v1/auth/me/usage")).json()
    assert usage["stored_bytes"] == {"used": len(PNG), "limit": read_tiers()[Tier.FREE].stored_bytes}
