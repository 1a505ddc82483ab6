"""Joining, by a crew that works at once: what is fetched, what is published, what is said when it cannot be."""

import shutil
from collections import namedtuple

import pytest
from render_world import DAMAGED, JOB, Instant, Shelf, everything

from philo_contracts.events import PartsLost
from philo_contracts.shapes import Blob
from philo_kernel.work import Hopeless, Passing, fault_of
from philo_render.domain import Film, due, learn
from philo_render.orders import Join
from philo_render.ports import Ports
from philo_render.providers.fallback import Fallback
from philo_render.reporter import Reporter
from philo_render.tasks import join
from philo_render.tasks.join import needed

Usage = namedtuple("Usage", "free")


@pytest.fixture
def world(tmp_path) -> Ports:
    shelf = Shelf()
    for name in ("picture", "chunk"):
        shelf.kept |= {f"{name}-{index}": f"{name} {index}".encode() for index in range(3)}
    shelf.kept["sound"] = b"sound"
    return Ports(Instant(tmp_path), shelf, Reporter(), Fallback({}), tmp_path)


@pytest.fixture(scope="module")
def order() -> Join:
    film = Film(job=JOB)
    for fact in everything():
        film = learn(film, fact)
    return next(one for _, one in due(film) if isinstance(one, Join))


async def test_a_film_is_published_with_all_that_belongs_to_it(world, order, tmp_path):
    fact = await join.perform(order, world)
    stored = {name: body for name, body in world.objects.kept.items() if name.startswith("outputs/job_j/1/")}
    assert sorted(stored.values()) == [b"film", b"poster", b"srt", b"vtt"]
    assert fact.video == Blob(key="outputs/job_j/1/output.mp4", size_bytes=4, media_type="video/mp4")
    assert (fact.width, fact.height, fact.fps, fact.duration) == (854, 480, 24, 9.0)
    assert fact.warnings == ("a warning",)
    assert list(tmp_path.iterdir()) == []


async def test_the_crew_finds_every_part_on_disk_in_its_place(world, order):
    twice = order.model_copy(update={"chunks": (*order.chunks, order.chunks[0])})
    await join.perform(twice, world)
    chunks, sound = world.crew.parts
    assert chunks == [b"chunk 0", b"chunk 1", b"chunk 2", b"chunk 0"]
    assert sound == [b"sound"]


@pytest.mark.parametrize("name", ["poster.jpg", "output.mp4"])
async def test_the_scratch_folder_is_removed_when_the_film_cannot_be_stored(world, order, tmp_path, name):
    world.objects.breaks_at = name
    with pytest.raises(ConnectionError):
        await join.perform(order, world)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", [None, DAMAGED])
@pytest.mark.parametrize(
    ("names", "scenes", "sound"),
    [(["chunk-2", "chunk-0"], ("s00", "s02"), False), (["sound"], (), True), (["sound", "chunk-1"], ("s01",), True)],
)
async def test_all_that_is_missing_or_damaged_is_told_at_once(world, order, tmp_path, names, scenes, sound, left):
    for name in names:
        del world.objects.kept[name]
        if left:
            world.objects.kept[name] = left
    assert await join.perform(order, world) == PartsLost(job=JOB, attempt=1, scenes=scenes, sound=sound)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", [None, DAMAGED])
async def test_a_store_that_loses_the_same_again_and_again_is_told_in_words(world, order, left):
    del world.objects.kept["chunk-1"]
    if left:
        world.objects.kept["chunk-1"] = left
    with pytest.raises(Hopeless, match=r"lost or damaged in the store 3 times: chunk-1\.") as failed:
        await join.perform(order.model_copy(update={"attempt": 3}), world)
    assert failed.value.code == "parts_lost"


async def test_an_opening_picture_that_is_gone_is_told_in_words(world, order):
    del world.objects.kept["picture-0"]
    with pytest.raises(Hopeless, match="first scene") as failed:
        await join.perform(order, world)
    assert failed.value.code == "picture_missing"


async def test_a_full_disk_fails_the_film_in_words_that_say_what_to_do(world, order):
    world.crew.full = True
    with pytest.raises(Passing) as failed:
        await join.perform(order, world)
    fact = join.failed(order, fault_of(failed.value))
    assert (fact.job, fact.fault.code, fact.fault.retryable) == ("j", "disk_not_writable", True)
    assert "No space left on device" in fact.fault.message
    assert "RENDER_SCRATCH" in fact.fault.message


async def test_a_scratch_folder_that_is_not_there_is_told_in_words(world, order, tmp_path):
    elsewhere = Ports(world.crew, world.objects, world.reporter, world.painters, tmp_path / "gone")
    with pytest.raises(Passing, match="RENDER_SCRATCH"):
        await join.perform(order, elsewhere)


async def test_too_little_room_is_told_before_anything_is_fetched(world, order, monkeypatch):
    large = order.model_copy(update={"chunks": (order.chunks[0].model_copy(update={"size_bytes": 2_000_000_000}),)})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1_000_000_000))
    world.objects.kept.clear()
    with pytest.raises(Passing, match=r"needs 400\d MB in .*, where 1000 MB are free: 300\d MB are missing") as failed:
        await join.perform(large, world)
    assert failed.value.code == "disk_not_writable"


def test_a_film_needs_room_for_its_parts_and_for_itself(order):
    sized = {blob: blob.model_copy(update={"size_bytes": 1000}) for blob in order.chunks}
    grown = order.model_copy(update={"chunks": tuple(sized[blob] for blob in order.chunks)})
    assert needed(grown) - needed(order) == 2 * 3 * (1000 - 3)
