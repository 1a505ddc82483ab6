"""A picture that somebody else paints: paid for once, and drawn by Philo when they will not."""

import asyncio
from decimal import Decimal

import pytest
from render_world import JOB, Instant, Shelf, analyzed

from philo_contracts.events import PictureMade
from philo_contracts.shapes import Blob, Mood, Picture, VideoConfig
from philo_render.domain import Film, due, learn
from philo_render.orders import Paint
from philo_render.ports import Ports
from philo_render.providers.fallback import Fallback
from philo_render.providers.faults import PictureRefused
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


async def test_a_picture_is_bought_in_the_shape_of_the_film_and_made_ready(world, hired):
    made = await paint.perform(order(), world)
    assert (hired.asked[0].prompt, hired.asked[0].width, hired.asked[0].height) == ("a sea", 720, 1280)
    assert (made.provider, made.shown.focus, made.warnings) == ("openai", (0.3, 0.6), ())
    assert world.objects.kept[made.shown.image.key] == b"nice painted"


async def test_what_was_paid_for_is_not_paid_for_again(world, hired):
    made, again = [await paint.perform(order(), world) for _ in range(2)]
    assert (again.shown, again.reused, len(hired.asked)) == (made.shown, True, 1)


async def test_a_picture_that_was_paid_for_and_lost_is_bought_again(world, hired):
    made = await paint.perform(order(), world)
    del world.objects.kept[made.shown.image.key]
    again = await paint.perform(order(), world)
    assert (again.shown, again.reused, len(hired.asked)) == (made.shown, False, 2)
    assert made.shown.image.key in world.objects.kept


@pytest.mark.parametrize("at", ["pictures/", ".thumb.jpg", ".json"])
async def test_what_was_paid_for_while_the_store_was_away_is_not_paid_for_again(world, hired, at):
    world.objects.breaks_at = at
    with pytest.raises(ConnectionError):
        await paint.perform(order(), world)
    world.objects.breaks_at = ""
    made = await paint.perform(order(), world)
    assert (made.provider, made.reused, len(hired.asked)) == ("openai", False, 1)


async def test_equal_wishes_at_the_same_time_are_paid_for_once(world, hired):
    one, other = await asyncio.gather(*(paint.perform(order(), world) for _ in range(2)))
    assert (one.shown, len(hired.asked)) == (other.shown, 1)


async def test_what_a_film_shows_never_changes_under_its_name(world, hired):
    made = await paint.perform(order(), world)
    receipt = next(key for key in world.objects.kept if key.endswith(".json"))
    del world.objects.kept[receipt]  # as for another process that had asked at the same time
    hired.image = b"painted otherwise"
    other = await paint.perform(order(), world)
    assert other.shown.image.key != made.shown.image.key
    assert world.objects.kept[made.shown.image.key] == b"nice painted"


async def test_a_picture_of_another_mood_is_another_picture(world, hired):
    await paint.perform(order(), world)
    moved = order()
    scenes = (*moved.scenes[:-1], moved.scene.model_copy(update={"mood": Mood.EPIC}))
    assert (await paint.perform(moved.model_copy(update={"scenes": scenes}), world)).reused is False


async def test_what_was_bought_and_cannot_be_used_is_drawn_by_philo_with_a_warning(world, monkeypatch):
    async def unfit(_) -> None:
        raise PictureError("picture_too_large", "The picture is too large.")

    monkeypatch.setattr(world.crew, "normalise", unfit)
    made = await paint.perform(order(), world)
    assert made.warnings == ("Philo drew scene 1 itself. The picture is too large.",)


async def test_a_refused_picture_is_drawn_by_philo_with_a_warning(world, hired):
    hired.unwilling = True
    made = await paint.perform(order(), world)
    assert (made.provider, made.shown.layers is not None) == ("philo", True)
    assert made.warnings == ("Philo drew scene 1 itself. OpenAI will not paint this. Change the words of the scene.",)


async def test_a_provider_that_is_not_set_up_is_named_in_the_warning(world):
    made = await paint.perform(order("stability"), world)
    assert "STABILITY_API_KEY is not set" in made.warnings[0]


async def test_the_warning_goes_with_the_film():
    film = learn(Film(job=JOB), analyzed(1))
    made = {"job": JOB, "scene": "s00", "revision": 1, "provider": "philo"}
    shown = Picture(image=Blob(key="p", size_bytes=1, media_type="a/b"))
    film = learn(film, PictureMade(shown=shown, warnings=("Philo drew it.",), **made))
    assert film.warnings == {"s00": ("Philo drew it.",)}
