"""The port `Painter` over OpenAI's endpoint, and what only that one does."""

import base64
import json
import logging
from decimal import Decimal
from math import gcd

import pytest
from painter_suite import SECRET, WISH, PainterSuite, line
from sample_pictures import PNG

from philo.testing_providers import Reply
from philo_render.providers.faults import PictureRefused, ProviderFailing, ProviderRejected
from philo_render.providers.openai import OpenAIPainter
from philo_render.providers.painter import Wish

pytestmark = pytest.mark.heavy

SIGNED = "/pictures/1.png?sig=hush-hush"


def reply(item, **besides) -> Reply:
    return Reply(headers={"content-type": "application/json"}, body=json.dumps({"data": [item], **besides}).encode())


class TestOpenAIPainter(PainterSuite):
    settings = "OPENAI"
    price = Decimal("0.063")
    refusal = "moderation_blocked"

    def painter(self, server, patience, timeout=60.0, **how):
        return OpenAIPainter(
            line("openai", "OpenAI", patience, timeout), base_url=f"{server.url}/v1", api_key=SECRET, **how
        )

    def good(self, image=PNG):
        return reply({"b64_json": base64.b64encode(image).decode() or "===="})

    def fails(self, status, code, words):
        body = json.dumps({"error": {"message": words, "code": code, "type": "invalid_request_error"}})
        return Reply(status, {"content-type": "application/json"}, body.encode())

    def shape(self, body):
        width, height = (int(side) for side in json.loads(body)["size"].split("x"))
        return f"{width // gcd(width, height)}:{height // gcd(width, height)}"

    async def test_it_asks_for_one_picture_of_the_model(self, it, server):
        server.replies = [self.good()]
        await it.paint(WISH)
        asked = json.loads(server.asked[0].body)
        told = (server.asked[0].path, asked["model"], asked["n"], asked["size"], asked["quality"], asked["background"])
        assert told == ("/v1/images/generations", "gpt-image-1", 1, "1536x1024", "medium", "opaque")

    async def test_counted_tokens_are_the_cost(self, it, server):
        item = {"b64_json": base64.b64encode(PNG).decode()}
        server.replies = [reply(item, usage={"input_tokens": 100, "output_tokens": 1568, "total_tokens": 1668})]
        assert (await it.paint(WISH)).cost == Decimal("0.06322")

    async def test_a_strange_bill_does_not_cost_the_picture(self, it, server):
        server.replies = [reply({"b64_json": base64.b64encode(PNG).decode()}, usage={"input_tokens": "many"})]
        assert (await it.paint(WISH)).cost == self.price

    async def test_a_model_without_a_price_has_no_cost(self, server, patience):
        server.replies = [self.good()]
        painter = self.painter(server, model="stable-diffusion-xl", patience=patience)
        assert (await painter.paint(WISH)).cost is None
        await painter.close()

    async def test_a_prompt_is_never_longer_than_the_model_bears(self, server, patience):
        server.replies = [self.good()]
        painter = self.painter(server, model="dall-e-2", patience=patience)
        await painter.paint(Wish("a river " * 1000, 512, 512))
        assert len(json.loads(server.asked[0].body)["prompt"]) <= 1000
        await painter.close()

    async def test_the_prompt_as_it_was_revised_is_told(self, it, server):
        server.replies = [reply({"b64_json": base64.b64encode(PNG).decode(), "revised_prompt": "A water mill"})]
        assert (await it.paint(WISH)).revised_prompt == "A water mill"

    async def test_a_linked_picture_is_fetched_without_the_key(self, it, server):
        server.replies = [reply({"url": f"{server.url}{SIGNED}"})]
        server.links[SIGNED] = Reply(body=PNG)
        assert (await it.paint(WISH)).image == PNG
        assert "authorization" not in server.asked[1].headers

    async def test_an_expired_link_is_told_in_words_and_was_paid_for(self, it, server):
        server.replies = [reply({"url": f"{server.url}{SIGNED}"})]
        server.links[SIGNED] = Reply(403)
        with pytest.raises(ProviderFailing, match="expired") as told:
            await it.paint(WISH)
        assert told.value.cost == 4 * self.price

    async def test_an_expired_link_is_asked_for_anew(self, it, server):
        server.replies = [reply({"url": f"{server.url}/old.png"}), self.good()]
        server.links["/old.png"] = Reply(410)
        assert (await it.paint(WISH)).image == PNG

    @pytest.mark.parametrize(
        "bad", [Reply(body=PNG, how="cut"), Reply(how="flood"), Reply(302, {"location": "/b.png"}), Reply(500)]
    )
    async def test_a_link_that_yields_no_picture_is_told_in_words(self, server, patience, bad):
        server.replies = [reply({"url": f"{server.url}/a.png"})]
        server.links |= {"/a.png": bad, "/b.png": Reply(body=PNG)}
        painter = self.painter(server, most=65536, patience=patience)
        with pytest.raises(ProviderFailing):
            await painter.paint(WISH)
        assert "/b.png" not in [asked.path for asked in server.asked]
        await painter.close()

    @pytest.mark.parametrize(
        "link",
        [
            "https://127.0.0.1/a.png",
            "https://localhost/a.png",
            "https://[::1]/a.png",
            "https://[::ffff:10.0.0.1]/a.png",
            "https://169.254.169.254/latest/meta-data",
            "https://10.1.2.3/a.png",
            "https://2130706433/a.png",
            "http://127.0.0.1:1/a.png",
            "http://example.com/a.png",
            "file:///etc/passwd",
            "data:image/png;base64,AAAA",
            "//example.com/a.png",
            "https://exämple.com/a.png",
        ],
    )
    async def test_a_link_to_where_only_we_can_go_is_not_followed(self, it, server, link):
        server.replies = [reply({"url": link})]
        with pytest.raises(ProviderRejected, match="does not go") as told:
            await it.paint(WISH)
        assert (len(server.asked), link in str(told.value)) == (1, False)

    @pytest.mark.parametrize("status", [200, 403, 500])
    async def test_a_signed_link_reaches_no_error_and_no_log(self, it, server, caplog, status):
        caplog.set_level(logging.DEBUG)
        server.replies = [reply({"url": f"{server.url}{SIGNED}"})]
        server.links[SIGNED] = Reply(status, body=b"no picture")
        with pytest.raises(ProviderFailing) as told:
            await it.paint(WISH)
        assert "hush-hush" not in caplog.text + repr(told.value)

    @pytest.mark.parametrize("item", [{}, {"b64_json": ""}, {"b64_json": "not base64!"}, {"b64_json": "iVBORw0KGgo"}])
    async def test_an_answer_without_a_whole_picture_is_told_in_words(self, it, server, item):
        server.replies = [reply(item)]
        with pytest.raises(ProviderFailing, match="OpenAI answered with"):
            await it.paint(WISH)

    @pytest.mark.parametrize("code", ["content_policy_violation", "moderation_blocked", "content_filter"])
    async def test_every_spelling_of_a_refusal_is_one(self, it, server, code):
        server.replies = [self.fails(400, code, "No.")]
        with pytest.raises(PictureRefused):
            await it.paint(WISH)

    @pytest.mark.parametrize(("status", "code"), [(429, "insufficient_quota"), (400, "billing_hard_limit_reached")])
    async def test_every_spelling_of_no_credit_is_one(self, it, server, status, code):
        server.replies = [self.fails(status, code, "You exceeded your current quota.")]
        with pytest.raises(ProviderRejected, match="credit"):
            await it.paint(WISH)
        assert len(server.asked) == 1
