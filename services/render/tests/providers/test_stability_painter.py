"""The port `Painter` over Stability's endpoint, and what only that one does."""

import json
import re
from decimal import Decimal

import pytest
from painter_suite import SECRET, WISH, PainterSuite, line
from sample_pictures import PNG

from philo.testing_providers import Reply
from philo_render.providers.faults import PictureRefused
from philo_render.providers.painter import Wish
from philo_render.providers.stability import StabilityPainter

pytestmark = pytest.mark.heavy


def form(body: bytes) -> dict[str, str]:
    return dict(re.findall(r'name="(\w+)"\r\n\r\n(.*?)\r\n--', body.decode(), re.DOTALL))


class TestStabilityPainter(PainterSuite):
    settings = "STABILITY"
    price = Decimal("0.03")
    refusal = "content_moderation"

    def painter(self, server, patience, timeout=60.0, **how):
        return StabilityPainter(
            line("stability", "Stability", patience, timeout), base_url=server.url, api_key=SECRET, **how
        )

    def good(self, image=PNG):
        return Reply(headers={"content-type": "image/png", "finish-reason": "SUCCESS", "seed": "7"}, body=image)

    def fails(self, status, code, words):
        body = json.dumps({"id": "1", "name": code, "errors": [words]})
        return Reply(status, {"content-type": "application/json"}, body.encode())

    def shape(self, body):
        return form(body)["aspect_ratio"]

    async def test_it_sends_a_form_and_asks_for_the_picture_itself(self, it, server):
        server.replies = [self.good()]
        await it.paint(WISH)
        asked = server.asked[0]
        told = (asked.method, asked.path, asked.headers["accept"], asked.headers["content-type"].partition(";")[0])
        assert told == ("POST", "/v2beta/stable-image/generate/core", "image/*", "multipart/form-data")

    async def test_equal_wishes_ask_for_the_same_picture(self, it, server):
        server.replies = [self.good()]
        await it.paint(WISH)
        await it.paint(WISH)
        assert [form(asked.body)["seed"] for asked in server.asked] == ["8", "8"]

    @pytest.mark.parametrize("seed", [-1, 0, 2**32 - 2, 2**64])
    async def test_a_seed_is_always_one_that_it_knows(self, it, server, seed):
        server.replies = [self.good()]
        await it.paint(Wish("A mill", 512, 512, seed=seed))
        assert 1 <= int(form(server.asked[0].body)["seed"]) <= 2**32 - 2

    async def test_a_shape_of_a_cinema_is_known(self, it, server):
        server.replies = [self.good()]
        await it.paint(Wish("A mill", 2520, 1080))
        assert self.shape(server.asked[0].body) == "21:9"

    async def test_other_models_have_an_address_of_their_own(self, server, patience):
        server.replies = [self.good()]
        painter = self.painter(server, model="sd3.5-large", patience=patience)
        painting = await painter.paint(WISH)
        told = (server.asked[0].path, form(server.asked[0].body)["model"], painting.cost)
        assert told == ("/v2beta/stable-image/generate/sd3", "sd3.5-large", Decimal("0.065"))
        await painter.close()

    async def test_a_picture_that_was_held_back_is_a_refusal(self, it, server):
        server.replies = [Reply(headers={"content-type": "image/png", "finish-reason": "CONTENT_FILTERED"}, body=PNG)]
        with pytest.raises(PictureRefused, match="held the picture back"):
            await it.paint(WISH)
        assert len(server.asked) == 1
