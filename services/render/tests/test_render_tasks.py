"""Orders of render, by a crew that works at once: what is made, what is found again, what is left behind."""

import asyncio
from importlib import import_module

import pytest
from render_world import DAMAGED, JOB, Instant, Shelf, everything, words

from philo_contracts.events import (
    AudioSynthesized,
    MusicComposed,
    PartsLost,
    PictureMade,
    PreviewExtended,
    VideoRendered,
)
from philo_kernel.children import ChildDied
from philo_kernel.work import Hopeless, Passing, fault_of
from philo_render.domain import Film, due, learn
from philo_render.film import Narration
from philo_render.orders import Draw, Join, Mix, Paint
from philo_render.ports import Ports
from philo_render.providers.fallback import Fallback
from philo_render.reporter import Reporter
from philo_render.tasks import draw, join, mix, paint

drawing = import_module("philo_render.tasks.draw")


@pytest.fixture
def world(tmp_path) -> Ports:
    shelf = Shelf()
    for name in ("audio", "picture", "chunk"):
        shelf.kept |= {f"{name}-{index}": name.encode() for index in range(3)}
    shelf.kept["music"] = b"music"
    return Ports(crew=Instant(tmp_path), objects=shelf, reporter=Reporter(), painters=Fallback({}))


def ordered() -> dict:
    film = Film(job=JOB)
    for fact in everything():
        film = learn(film, fact)
    found = [order for _, order in due(film)]
    return {kind: [order for order in found if isinstance(order, kind)] for kind in (Paint, Draw, Mix, Join)}


IN_ORDER = ordered()


@pytest.fixture
def orders() -> dict:
    return IN_ORDER


def long_scene() -> Narration:
    narration = IN_ORDER[Draw][0].around[0]
    told = words(" ".join(["word"] * 60))
    return narration.model_copy(update={"words": told, "duration": told[-1].end})


async def nothing(_) -> None:
    return None


async def test_a_picture_is_painted_once_and_found_again(world, orders):
    order = orders[Paint][0]
    made, again = await paint.perform(order, world, nothing), await paint.perform(order, world, nothing)
    assert (made.scene, made.shown.focus, made.reused) == ("s00", (0.4, 0.5), False)
    assert (again.shown, again.reused) == (made.shown, True)
    assert world.crew.asked.count("paint") == 1


async def test_a_picture_without_its_thumbnail_is_painted_again(world, orders):
    made = await paint.perform(orders[Paint][0], world, nothing)
    del world.objects.kept[made.shown.thumbnail.key]
    assert (await paint.perform(orders[Paint][0], world, nothing)).reused is False


async def test_a_scene_that_shows_the_same_is_drawn_once(world, orders):
    order = orders[Draw][1]
    made = await draw.perform(order, world, nothing)
    again = await draw.perform(order.model_copy(update={"job": "k", "revision": 3}), world, nothing)
    assert (made.reused, again.reused, again.chunks) == (False, True, made.chunks)
    assert (again.job, again.revision, again.frames) == ("k", 3, made.frames)
    assert world.crew.asked.count("shoot") == len(made.chunks)


async def test_what_was_drawn_before_a_child_died_is_not_drawn_again(world, orders):
    order = orders[Draw][0].model_copy(update={"around": (long_scene(),)})
    world.crew.dies_after = 2
    with pytest.raises(ChildDied):
        await draw.perform(order, world, nothing)
    world.crew.dies_after = 0
    made = await draw.perform(order, world, nothing)
    assert len(made.chunks) > 3
    assert world.crew.asked.count("shoot") == len(made.chunks)


async def test_a_drawn_scene_can_be_watched_before_the_film_is_made(world, orders):
    said = []

    async def say(fact) -> None:
        said.append(fact)

    made = await draw.perform(orders[Draw][1], world, say)
    [shown] = [fact for fact in said if isinstance(fact, PreviewExtended)]
    assert (shown.scene, shown.index, shown.duration) == ("s01", 1, made.duration)
    assert world.objects.kept[shown.part.key] == b"part of audio"
    await draw.perform(orders[Draw][1], world, say)
    assert (said[-1], world.crew.asked.count("preview")) == (shown, 1)


async def test_a_scene_that_shows_something_else_is_drawn(world, orders):
    order = orders[Draw][1]
    made = await draw.perform(order, world, nothing)
    other = order.model_copy(update={"sources": order.sources[:1] * 2, "around": order.around[:1] * 2})
    assert (await draw.perform(other, world, nothing)).chunks != made.chunks


async def test_a_sound_is_mixed_once_and_found_again(world, orders, tmp_path):
    made, again = [await mix.perform(orders[Mix][0], world) for _ in range(2)]
    assert world.objects.kept[made.sound.key] == b"audio audio audio music"
    assert (again.sound, made.reused, again.reused, world.crew.asked.count("mix")) == (made.sound, False, True, 1)


@pytest.mark.parametrize(("lost", "code"), [("audio-1", "voice_missing"), ("music", "music_missing")])
async def test_a_part_of_the_sound_that_is_gone_is_named(world, orders, lost, code):
    del world.objects.kept[lost]
    with pytest.raises(Hopeless) as failed:
        await mix.perform(orders[Mix][0], world)
    assert failed.value.code == code


async def test_a_cancelled_scene_does_not_wait_for_a_store_that_is_away(world, orders, monkeypatch):
    drawn, here = asyncio.Event(), asyncio.all_tasks()

    async def away(*_) -> None:
        drawn.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(world.objects, "put", away)
    running = asyncio.create_task(draw.perform(orders[Draw][0], world, nothing))
    async with asyncio.timeout(10):
        await drawn.wait()
        running.cancel()
        await asyncio.wait({running})
    assert (running.cancelled(), asyncio.all_tasks()) == (True, here)


async def test_a_scene_that_takes_longer_than_a_task_may_goes_on_where_it_was(world, orders, monkeypatch):
    order, shoot = orders[Draw][0].model_copy(update={"around": (long_scene(),)}), world.crew.shoot

    async def slowly(*run) -> None:
        await shoot(*run)
        await asyncio.Event().wait()

    monkeypatch.setattr(drawing, "SHIFT", 0.2)
    monkeypatch.setattr(world.crew, "shoot", slowly)
    with pytest.raises(Passing):
        await draw.perform(order, world, nothing)
    monkeypatch.undo()
    made = await draw.perform(order, world, nothing)
    assert world.crew.asked.count("shoot") == len(made.chunks)


async def test_why_a_child_ended_is_told_although_its_uploads_fail_as_well(world, orders):
    world.crew.dies_after, world.objects.breaks_at = 1, "chunks/"
    with pytest.raises(ChildDied):
        await draw.perform(orders[Draw][0], world, nothing)


@pytest.mark.parametrize("spoilt", [None, b"", DAMAGED])
async def test_a_found_chunk_that_is_gone_empty_or_damaged_is_drawn_again_and_the_others_are_not(
    world, orders, monkeypatch, spoilt
):
    order = orders[Draw][0].model_copy(update={"around": (long_scene(),)})
    made = await draw.perform(order, world, nothing)
    before, name = dict(world.objects.kept), made.chunks[2].key
    world.objects.kept = {key: body for key, body in before.items() if not key.startswith("previews")}
    del world.objects.kept[name]
    if spoilt is not None:
        world.objects.kept[name] = spoilt
    world.crew.asked.clear()
    again = await draw.perform(order, world, nothing)
    assert (again.chunks, world.objects.kept == before) == (made.chunks, True)
    assert world.crew.asked.count("shoot") == 1


async def test_at_a_second_attempt_what_is_found_is_looked_at_before_it_is_taken(world, orders):
    order = orders[Draw][0]
    made = await draw.perform(order, world, nothing)
    whole = world.objects.kept[made.chunks[0].key]
    world.objects.kept[made.chunks[0].key] = DAMAGED  # and its preview is there already, so that nobody else reads it
    assert (await draw.perform(order, world, nothing)).reused is True
    assert (await draw.perform(order.model_copy(update={"attempt": 2}), world, nothing)).reused is False
    assert world.objects.kept[made.chunks[0].key] == whole


@pytest.mark.parametrize(("lost", "code"), [("audio-1", "voice_missing"), ("picture-0", "picture_missing")])
async def test_a_part_of_the_scene_that_is_gone_is_told_in_words(world, orders, lost, code):
    del world.objects.kept[lost]
    with pytest.raises(Hopeless, match="no longer there") as failed:
        await draw.perform(orders[Draw][1], world, nothing)
    assert failed.value.code == code


async def test_a_sound_that_was_lost_is_mixed_whatever_is_found(world, orders):
    made = await mix.perform(orders[Mix][0], world)
    whole, world.objects.kept[made.sound.key] = world.objects.kept[made.sound.key], DAMAGED
    again = await mix.perform(orders[Mix][0].model_copy(update={"attempt": 2}), world)
    assert (again.reused, world.objects.kept[again.sound.key]) == (False, whole)


async def test_a_film_whose_parts_are_lost_before_the_join_is_made_all_the_same(world):
    """Orders are carried out and facts learned until nothing is due; the store loses and spoils parts on the way."""
    film, said, accidents = Film(job=JOB), everything()[:1], iter([True])
    tasks = {Draw: lambda order: draw.perform(order, world, nothing), Mix: lambda order: mix.perform(order, world)}
    said += [fact for fact in everything() if isinstance(fact, AudioSynthesized | PictureMade | MusicComposed)]
    done = []
    while said:
        film = learn(film, said.pop(0))
        asked = list(due(film))
        film = film.with_(given=film.given | {name for name, _ in asked})
        for _, order in asked:
            if isinstance(order, Join):
                if next(accidents, False):
                    del world.objects.kept[order.chunks[0].key]
                    world.objects.kept |= {order.chunks[-1].key: DAMAGED, order.sound.key: DAMAGED}
                done.append(await join.perform(order, world))
                said.append(done[-1])
            elif type(order) in tasks:
                said.append(await tasks[type(order)](order))
    assert [type(fact) for fact in done[-2:]] == [PartsLost, VideoRendered]
    assert world.crew.asked.count("mix") == 2


@pytest.mark.parametrize(
    ("task", "kind", "scene"), [(paint, Paint, "s00"), (draw, Draw, "s00"), (mix, Mix, None), (join, Join, None)]
)
def test_a_failure_names_the_scene_it_is_about(orders, task, kind, scene):
    assert task.failed(orders[kind][0], fault_of(RuntimeError())).fault.scene_id == scene
