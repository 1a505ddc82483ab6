"""What every `Painter` promises, whoever it speaks to."""

import logging
import traceback
from abc import ABC, abstractmethod
from collections.abc import Iterator
from decimal import Decimal

import pytest
from sample_pictures import PAGE, PNG, UNUSABLE, picture

from philo.testing_providers import Naps, ProviderServer, Reply
from philo_contracts.shapes import Mood
from philo_kernel.outgoing.calls import heard_by
from philo_kernel.outgoing.line import Line, Terms
from philo_kernel.outgoing.patience import Patience
from philo_render.providers.faults import PictureRefused, PictureRejected, ProviderFailing, ProviderRejected
from philo_render.providers.painter import Painter, Wish

SECRET = "sk-very-secret-4711"
WISH = Wish("An old mill by a river", 1536, 864, seed=7, mood=Mood.CALM)
BUSY = Reply(429, {"retry-after": "2"})
BROKEN = Reply(500)


def line(name: str, who: str, patience: Patience, timeout: float = 60.0) -> Line:
    """The line to a painter, by which nobody else goes."""
    return Line(name, "picture", terms=Terms(timeout, patience), who=who, late=ProviderFailing)


class PainterSuite(ABC):
    """An adapter's class tells how its provider's answers look."""

    settings: str
    """What the names of its settings begin with."""
    price: Decimal
    """Of one picture."""

    @abstractmethod
    def painter(self, server: ProviderServer, **how) -> Painter: ...

    @abstractmethod
    def good(self, image: bytes = PNG) -> Reply: ...

    @abstractmethod
    def fails(self, status: int, code: str, words: str) -> Reply: ...

    @abstractmethod
    def shape(self, body: bytes) -> str:
        """What shape was asked for, as `3:2`."""

    refusal: str

    @pytest.fixture
    def naps(self) -> Naps:
        return Naps()

    @pytest.fixture
    def patience(self, naps: Naps) -> Patience:
        return Patience(sleep=naps, chance=lambda: 0.5)

    @pytest.fixture
    async def it(self, server, patience):
        painter = self.painter(server, patience=patience)
        yield painter
        await painter.close()

    @pytest.mark.parametrize(
        ("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")]
    )
    async def test_a_painting_is_what_came_and_says_who_made_it(self, it, server, kind, media_type):
        server.replies = [self.good(picture(kind))]
        painting = await it.paint(WISH)
        told = (painting.image, painting.media_type, painting.provider, painting.currency)
        assert told == (picture(kind), media_type, it.name, "USD")

    async def test_every_answer_is_told_with_the_pictures_in_it(self, it, server):
        heard = []

        async def hear(call):
            heard.append((call.outcome, call.provider, call.quantities))

        server.replies = [BROKEN, self.good()]
        with heard_by(hear):
            await it.paint(WISH)
        assert heard == [("failed", it.name, {}), ("answered", it.name, {"pictures": 1})]

    @pytest.mark.parametrize(
        ("status", "found"), [(200, "healthy"), (401, "unhealthy"), (500, "degraded")], ids=["well", "key", "broken"]
    )
    async def test_a_look_asks_for_no_picture_and_finds_how_it_is(self, server, patience, status, found):
        server.replies = [Reply(status, {"content-type": "application/json"}, b'{"data": []}')]
        painter = self.painter(server, patience=patience)
        assert (await painter._line.examine(5)).status() == found
        assert server.asked[0].method == "GET"
        await painter.close()

    async def test_a_painting_says_what_it_cost(self, it, server):
        server.replies = [self.good()]
        assert (await it.paint(WISH)).cost == self.price

    async def test_an_odd_size_is_taken_as_it_is(self, it, server):
        odd = picture(size=(333, 517))
        server.replies = [self.good(odd)]
        assert (await it.paint(WISH)).image == odd

    @pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (900, 900)])
    async def test_the_nearest_shape_is_asked_for(self, it, server, size):
        server.replies = [self.good()]
        await it.paint(Wish("A mill", *size))
        width, height = (int(side) for side in self.shape(server.asked[0].body).split(":"))
        assert (width > height, width < height) == (size[0] > size[1], size[0] < size[1])

    async def test_scene_style_and_mood_are_asked_for(self, it, server):
        server.replies = [self.good()]
        await it.paint(WISH)
        body = server.asked[0].body.decode()
        assert all(words in body for words in ("An old mill by a river", "paper-cut", "Quiet, even light", "No text"))

    async def test_the_key_is_sent_as_a_bearer(self, it, server):
        server.replies = [self.good()]
        await it.paint(WISH)
        assert server.asked[0].headers["authorization"] == f"Bearer {SECRET}"

    async def test_one_that_is_busy_is_asked_again_when_it_said(self, it, server, naps):
        server.replies = [BUSY, self.good()]
        assert (await it.paint(WISH)).image == PNG
        assert naps.seconds == [2.5]

    async def test_one_that_wants_a_long_rest_is_left_alone(self, it, server, naps):
        server.replies = [Reply(429, {"retry-after": "900"})]
        with pytest.raises(ProviderFailing) as told:
            await it.paint(WISH)
        assert (told.value.after, len(server.asked), naps.seconds) == (900, 1, [])

    @pytest.mark.parametrize("status", [408, 500, 502, 503, 529])
    async def test_one_that_fails_twice_is_asked_a_third_time(self, it, server, naps, status):
        server.replies = [Reply(status), Reply(status, body=PAGE), self.good()]
        assert (await it.paint(WISH)).image == PNG
        assert naps.seconds == [0.5, 1.0]

    async def test_one_that_always_fails_is_given_up_after_three_retries(self, it, server):
        server.replies = [BROKEN]
        with pytest.raises(ProviderFailing, match="500"):
            await it.paint(WISH)
        assert len(server.asked) == 4

    async def test_an_answer_that_is_cut_off_is_asked_for_again(self, it, server):
        server.replies = [Reply(**{**vars(self.good()), "how": "cut"}), self.good()]
        assert (await it.paint(WISH)).image == PNG

    async def test_one_that_is_too_slow_is_told_in_words(self, server):
        server.replies = [Reply(how="silent")]
        painter = self.painter(server, timeout=0.02, patience=Patience(retries=0))
        with pytest.raises(ProviderFailing, match=r"within 0\.02 seconds"):
            await painter.paint(WISH)
        await painter.close()

    async def test_one_that_is_not_there_is_told_in_words(self, patience):
        nowhere = ProviderServer()
        nowhere.url = "http://127.0.0.1:9"
        painter = self.painter(nowhere, patience=patience)
        with pytest.raises(ProviderFailing, match=f"{self.settings}_BASE_URL"):
            await painter.paint(WISH)
        await painter.close()

    @pytest.mark.parametrize("image", UNUSABLE.values(), ids=UNUSABLE.keys())
    async def test_what_is_no_picture_is_told_in_words_after_retries(self, it, server, image):
        server.replies = [self.good(image)]
        with pytest.raises(ProviderFailing, match="answered with"):
            await it.paint(WISH)
        assert len(server.asked) == 4

    @pytest.mark.parametrize("body", [b"", PAGE, b"{", b'{"data": 7}', b"null"])
    async def test_a_page_in_place_of_an_answer_is_told_in_words(self, it, server, body):
        server.replies = [Reply(headers={"content-type": "text/html"}, body=body)]
        with pytest.raises(ProviderFailing, match="answered with"):
            await it.paint(WISH)

    async def test_what_was_paid_for_nothing_is_part_of_the_cost(self, it, server):
        server.replies = [self.good(UNUSABLE["one colour"]), self.good()]
        assert (await it.paint(WISH)).cost == 2 * self.price

    async def test_a_failure_says_what_was_paid_for_nothing(self, it, server):
        server.replies = [self.good(UNUSABLE["one colour"])]
        with pytest.raises(ProviderFailing) as told:
            await it.paint(WISH)
        assert told.value.cost == 4 * self.price

    @pytest.mark.parametrize("status", [200, 500])
    async def test_an_answer_is_not_read_past_its_bound(self, server, patience, status):
        server.replies = [Reply(status, {"content-type": "image/png"}, how="flood")]
        painter = self.painter(server, most=65536, patience=patience)
        with pytest.raises(ProviderFailing, match="more than Philo reads"):
            await painter.paint(WISH)
        await painter.close()

    async def test_a_packed_answer_is_not_unpacked(self, it, server):
        server.replies = [Reply(headers={"content-encoding": "gzip"}, body=b"\x1f\x8b")]
        with pytest.raises(ProviderFailing, match="more than Philo reads"):
            await it.paint(WISH)

    async def test_a_redirect_is_not_followed(self, it, server):
        server.replies = [Reply(307, {"location": f"{server.url}/elsewhere"})]
        with pytest.raises(ProviderRejected, match=f"{self.settings}_BASE_URL"):
            await it.paint(WISH)
        assert len(server.asked) == 1

    async def test_a_refusal_is_told_in_the_providers_words_and_not_repeated(self, it, server):
        server.replies = [self.fails(403 if self.settings == "STABILITY" else 400, self.refusal, "Too grim.")]
        with pytest.raises(
            PictureRefused, match=r"does not paint this scene: Too grim\. Describe it in other words"
        ) as told:
            await it.paint(WISH)
        assert (told.value.code, len(server.asked)) == ("picture_refused", 1)

    @pytest.mark.parametrize("status", [401, 403])
    async def test_a_wrong_key_names_the_setting(self, it, server, status):
        server.replies = [self.fails(status, "invalid_api_key", f"Incorrect API key provided: {SECRET}")]
        with pytest.raises(ProviderRejected, match=f"{self.settings}_API_KEY") as told:
            await it.paint(WISH)
        assert (told.value.code, len(server.asked)) == ("picture_provider_rejected", 1)

    async def test_no_credit_is_told_and_not_repeated(self, it, server):
        server.replies = [self.fails(402, "payment_required", "Pay.")]
        with pytest.raises(ProviderRejected, match="credit"):
            await it.paint(WISH)
        assert len(server.asked) == 1

    async def test_an_unknown_model_names_the_setting(self, it, server):
        server.replies = [self.fails(404, "not_found", "No such model.")]
        with pytest.raises(ProviderRejected, match=f"{self.settings}_IMAGE_MODEL"):
            await it.paint(WISH)

    @pytest.mark.parametrize("status", [400, 413, 422])
    async def test_a_wish_that_does_not_fit_is_told_in_the_providers_words(self, it, server, status):
        server.replies = [self.fails(status, "bad_request", "Only English is understood.")]
        with pytest.raises(PictureRejected, match="Only English is understood"):
            await it.paint(WISH)

    @pytest.mark.parametrize("body", [b"", PAGE, b"[]", b'{"error": 7, "errors": 7}', b'"no"'])
    async def test_an_error_without_words_is_told_in_ours(self, it, server, body):
        server.replies = [Reply(400, {"content-type": "application/json"}, body)]
        with pytest.raises(PictureRejected, match=r"\(400\): it does not say why"):
            await it.paint(WISH)

    @pytest.mark.parametrize("status", [302, 400, 401, 422, 429, 500])
    async def test_no_secret_that_was_said_reaches_an_error_or_a_log(self, it, server, caplog, status):
        server.replies = [self.fails(status, "x", f"Not with {SECRET}. See https://host/x?sig={SECRET}")]
        assert SECRET not in await told_and_logged(it, caplog)

    @pytest.mark.parametrize("how", ["cut", "silent", "flood"])
    async def test_no_secret_that_was_sent_reaches_an_error_or_a_log(self, server, caplog, how):
        server.replies = [Reply(body=PNG, how=how)]
        painter = self.painter(server, timeout=0.05, most=65536, patience=Patience(retries=0))
        assert SECRET not in await told_and_logged(painter, caplog)
        await painter.close()


async def told_and_logged(painter: Painter, caplog: pytest.LogCaptureFixture) -> str:
    """All that can be seen of a failure."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Exception) as told:  # noqa: PT011 - of whatever kind
        await painter.paint(WISH)
    return caplog.text + "".join(everything(error) for error in chain(told.value))


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that led to it, shown or not."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def everything(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
