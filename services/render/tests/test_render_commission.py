"""A picture that somebody else paints: paid for once, and drawn by Philo when they will not."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest
from render_world import JOB, Instant, Shelf, analyzed

from philo_contracts.events import PictureMade
from philo_contracts.shapes import Blob, Mood, Picture, VideoConfig
from philo_kernel.outgoing.line import Line, Terms
from philo_kernel.outgoing.patience import Patience
from philo_render.domain import Film, due, learn
from philo_render.orders import Paint
from philo_render.ports import Ports
from philo_render.providers.fallback import Fallback
from philo_render.providers.faults import PictureRefused, ProviderFailing
from philo_render.providers.painter import Painting
from philo_render.reporter import Reporter
from philo_render.sources import PictureError
from philo_render.tasks import paint


class Hired:
    """Paints whatever it is asked, until it has had enough."""

    name = "openai"

    def __init__(self) -> None:
        self.asked = []
        self.unwilling = False
        self.image = b"painted"

    async def paint(self, wish) -> Painting:
        self.asked.append(wish)
        if self.unwilling:
            raise PictureRefused("OpenAI will not paint this. Change the words of the scene.")
        return Painting(self.image, "image/png", self.name, "gpt-image-1", Decimal("0.04"), "USD")

    async def close(self) -> None: ...


@pytest.fixture
def hired() -> Hired:
    return Hired()


@pytest.fixture
def world(tmp_path, hired) -> Ports:
    return Ports(Instant(tmp_path), Shelf(), Reporter(), Fallback({"openai": hired}))


def order(provider: str = "openai") -> Paint:
    told = analyzed()
    config = VideoConfig(pictures=provider, aspect="9:16")
    film = learn(Film(job=JOB), told.model_copy(update={"config": config}))
    return next(one for _, one in due(film) if isinstance(one, Paint))


async def carried_out(work: Paint, ports: Ports, *, heard: list | None = None) -> PictureMade:
    """`heard` gets what is told on the way."""

    async def say(fact) -> None:
        if heard is not None:
            heard.append(fact)

    return await paint.perform(work, ports, say)


async def test_a_picture_is_bought_in_the_shape_of_the_film_and_made_ready(world, hired):
    made = await carried_out(order(), world)
    assert (hired.asked[0].prompt, hired.asked[0].width, hired.asked[0].height) == ("a sea", 720, 1280)
    assert (made.provider, made.shown.focus, made.warnings) == ("openai", (0.3, 0.6), ())
    assert world.objects.kept[made.shown.image.key] == b"nice painted"


async def test_what_was_paid_for_is_not_paid_for_again(world, hired):
    made, again = [await carried_out(order(), world) for _ in range(2)]
    assert (again.shown, again.reused, len(hired.asked)) == (made.shown, True, 1)


async def test_a_picture_that_was_paid_for_and_lost_is_bought_again(world, hired):
    made = await carried_out(order(), world)
    del world.objects.kept[made.shown.image.key]
    again = await carried_out(order(), world)
    assert (again.shown, again.reused, len(hired.asked)) == (made.shown, False, 2)
    assert made.shown.image.key in world.objects.kept


@pytest.mark.parametrize("at", ["pictures/", ".thumb.jpg", ".json"])
async def test_what_was_paid_for_while_the_store_was_away_is_not_paid_for_again(world, hired, at):
    world.objects.breaks_at = at
    with pytest.raises(ConnectionError):
        await carried_out(order(), world)
    world.objects.breaks_at = ""
    made = await carried_out(order(), world)
    assert (made.provider, made.reused, len(hired.asked)) == ("openai", False, 1)


async def test_equal_wishes_at_the_same_time_are_paid_for_once(world, hired):
    one, other = await asyncio.gather(*(carried_out(order(), world) for _ in range(2)))
    assert (one.shown, len(hired.asked)) == (other.shown, 1)


async def test_what_a_film_shows_never_changes_under_its_name(world, hired):
    made = await carried_out(order(), world)
    receipt = next(key for key in world.objects.kept if key.endswith(".json"))
    del world.objects.kept[receipt]  # as for another process that had asked at the same time
    hired.image = b"painted otherwise"
    other = await carried_out(order(), world)
    assert other.shown.image.key != made.shown.image.key
    assert world.objects.kept[made.shown.image.key] == b"nice painted"


async def test_a_picture_of_another_mood_is_another_picture(world, hired):
    await carried_out(order(), world)
    moved = order()
    scenes = (*moved.scenes[:-1], moved.scene.model_copy(update={"mood": Mood.EPIC}))
    assert (await carried_out(moved.model_copy(update={"scenes": scenes}), world)).reused is False


async def test_what_was_bought_and_cannot_be_used_is_drawn_by_philo_with_a_warning(world, monkeypatch):
    async def unfit(_) -> None:
        raise PictureError("picture_too_large", "The picture is too large.")

    monkeypatch.setattr(world.crew, "normalise", unfit)
    made = await carried_out(order(), world)
    assert made.warnings == ("Philo drew scene 1 itself. The picture is too large.",)


async def test_a_refused_picture_is_drawn_by_philo_with_a_warning(world, hired):
    hired.unwilling = True
    made = await carried_out(order(), world)
    assert (made.provider, made.shown.layers is not None) == ("philo", True)
    assert made.warnings == ("Philo drew scene 1 itself. OpenAI will not paint this. Change the words of the scene.",)


async def test_a_provider_that_is_not_set_up_is_named_in_the_warning(world):
    made = await carried_out(order("stability"), world)
    assert "STABILITY_API_KEY is not set" in made.warnings[0]


async def test_the_warning_goes_with_the_film():
    film = learn(Film(job=JOB), analyzed(1))
    made = {"job": JOB, "scene": "s00", "revision": 1, "provider": "philo"}
    shown = Picture(image=Blob(key="p", size_bytes=1, media_type="a/b"))
    film = learn(film, PictureMade(shown=shown, warnings=("Philo drew it.",), **made))
    assert film.warnings == {"s00": ("Philo drew it.",)}


class OnTheLine(Hired):
    """Asks as those do who are paid: its first answer is of no use, and costs all the same."""

    async def paint(self, wish) -> Painting:
        async def attempt(call) -> Painting:
            call.used(pictures=1)
            if call.attempt == 1:
                raise ProviderFailing("OpenAI answered with a broken picture. Try again.")
            return await Hired.paint(self, wish)

        patience = Patience(first=0)
        return await Line("openai", "picture", terms=Terms(patience=patience)).ask(attempt, model="gpt-image-1")


async def test_every_request_to_a_painter_is_told_of_with_its_scene(world):
    heard: list = []
    world = replace(world, painters=Fallback({"openai": OnTheLine()}))
    await carried_out(order(), world, heard=heard)
    calls = [(fact.job, fact.call.scene, fact.call.attempt, fact.call.outcome, fact.call.quantities) for fact in heard]
    scene = order().scene.id
    assert calls == [(JOB, scene, 1, "failed", {"pictures": 1}), (JOB, scene, 2, "answered", {"pictures": 1})]
    assert len({fact.own_stream for fact in heard}) == 2


async def test_what_is_found_or_drawn_by_philo_is_no_call(world, hired):
    heard: list = []
    await carried_out(order("drawn"), world, heard=heard)
    assert heard == []
