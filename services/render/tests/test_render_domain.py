"""What is due: each order once, as soon as it can be given, whatever the order of what is heard."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_world import JOB, analyzed, blob, composed, drawn, everything, mixed, painted, silent, spoken

from philo_contracts.events import Event, PartsLost, TimelinePlanned
from philo_contracts.shapes import Heading, Priority
from philo_kernel.fairness import due as starts
from philo_render.domain import Film, due, learn
from philo_render.orders import Draw, Join, Mix, Paint


def heard(*facts: Event, film: Film | None = None) -> tuple[Film, list]:
    """The film after these facts, and everything that was ordered, in order."""
    known, orders = film or Film(job=JOB), []
    for fact in facts:
        known = learn(known, fact)
        asked = list(due(known))
        known = known.with_(given=known.given | {name for name, _ in asked})
        orders += [order for _, order in asked]
    return known, orders


def of(kind: type, orders: list) -> list:
    return [order for order in orders if isinstance(order, kind)]


IN_ORDER = heard(*everything())[1]


@settings(max_examples=60, deadline=None)
@given(st.permutations(everything()))
def test_any_order_leads_to_one_picture_and_drawing_a_scene_one_timeline_one_mix_and_one_join(order):
    _, orders = heard(*order)
    assert sorted(one.scene.id for one in of(Paint, orders)) == ["s00", "s01", "s02"]
    assert sorted(one.scene for one in of(Draw, orders)) == ["s00", "s01", "s02"]
    assert (len(of(TimelinePlanned, orders)), len(of(Mix, orders)), len(of(Join, orders))) == (1, 1, 1)
    assert sorted(one.model_dump_json() for one in orders) == sorted(one.model_dump_json() for one in IN_ORDER)


@settings(max_examples=40, deadline=None)
@given(st.permutations(everything()), st.data())
def test_repeats_order_nothing(order, data):
    again = data.draw(st.lists(st.sampled_from(order), max_size=6))
    film, _ = heard(*order)
    assert heard(*again, film=film)[1] == []


@settings(max_examples=30, deadline=None)
@given(st.permutations(everything()))
def test_a_film_survives_being_written_down_between_any_two_facts(order):
    film, orders = Film(job=JOB), []
    for fact in order:
        film, asked = heard(fact, film=Film.model_validate_json(film.model_dump_json()))
        orders += asked
    assert len(orders) == len(IN_ORDER)


def test_pictures_are_ordered_at_once_and_nothing_else():
    _, orders = heard(analyzed())
    assert [type(order) for order in orders] == [Paint] * 3
    assert [len(order.scenes) for order in orders] == [1, 2, 3]


def test_a_scene_is_drawn_when_it_and_the_one_before_are_there_and_all_before_are_spoken():
    film, orders = heard(analyzed(4), spoken(1), painted(1), spoken(2), painted(2))
    assert of(Draw, orders) == []  # nobody knows yet where in the film they lie
    [draw] = of(Draw, heard(spoken(0), film=film)[1])
    assert (draw.scene, [one.scene.id for one in draw.around]) == ("s02", ["s01", "s02"])
    assert draw.sources == (blob("picture-1"), blob("picture-2"))
    _, orders = heard(analyzed(4), spoken(0), painted(0))
    [first] = of(Draw, orders)
    assert (first.scene, len(first.around)) == ("s00", 1)


@pytest.mark.parametrize("index", [0, 1, 3])
def test_a_scene_is_planned_from_no_more_than_its_order_holds(index):
    facts = [fact(at) for at in range(4) for fact in (spoken, painted)]
    draws = {draw.index: draw for draw in of(Draw, heard(analyzed(4), *facts)[1])}
    chunks = draws[index].chunks()
    filmed = {material.key for chunk in chunks for material in chunk.materials}
    assert filmed == {f"picture-{at}" for at in (index - 1, index) if at >= 0}
    assert (chunks[0].title is not None, chunks[-1].ending is not None) == (index == 0, index == 3)


def test_the_timeline_needs_every_voice_and_no_picture():
    _, orders = heard(analyzed(2), spoken(0), spoken(1))
    [timeline] = of(TimelinePlanned, orders)
    assert timeline.starts[0] < timeline.starts[1] < timeline.duration
    assert timeline.music


def test_chapters_and_strips_of_the_plan_stand_in_the_film():
    plan = analyzed()
    cards = {"chapter": Heading(text="The Storm", note="Chapter 2"), "strip": Heading(text="Old Tomas")}
    marked = (plan.scenes[0], plan.scenes[1].model_copy(update=cards), plan.scenes[2])
    _, orders = heard(plan.model_copy(update={"scenes": marked}), *everything()[1:])
    draw = next(order for order in of(Draw, orders) if order.scene == "s01")
    shown = {(card.kind, card.text, card.note) for chunk in draw.chunks() for card in chunk.cards}
    assert shown == {("chapter", "The Storm", "Chapter 2"), ("strip", "Old Tomas", "")}
    assert of(TimelinePlanned, orders)[0].duration > of(TimelinePlanned, IN_ORDER)[0].duration + 2


def test_music_that_failed_lets_the_film_be_joined_without():
    scenes = everything()[:-2]
    assert of(Mix, heard(*scenes)[1]) == []
    film, orders = heard(*scenes, silent())
    [mix] = of(Mix, orders)
    [join] = of(Join, heard(mixed(), film=film)[1])
    assert (mix.music, join.music) == (None, False)


def test_a_film_that_wants_no_music_does_not_wait_for_any():
    parts = everything()[1:-2]
    _, orders = heard(analyzed(music=False), *parts, mixed())
    [join] = of(Join, orders)
    assert (join.music, of(TimelinePlanned, orders)[0].music) == (False, False)


def test_the_sound_is_mixed_while_pictures_are_still_drawn():
    [mix] = of(Mix, heard(analyzed(2), spoken(1), composed(), spoken(0))[1])
    assert [one.key for one in mix.audio] == ["audio-0", "audio-1"]


def test_equal_voices_in_equal_places_over_equal_music_are_one_sound():
    def key(*facts, **change) -> str:
        return of(Mix, heard(analyzed(2), *facts)[1])[0].model_copy(update=change).key

    told = (spoken(0), spoken(1), composed())
    assert key(*told) == key(*told, job="another")
    longer = spoken(1, "A sentence that is a good deal longer than it was before.")
    others = {key(*told), key(*told, music=None), key(spoken(0), longer, composed())}
    assert len(others) == 3


LOST = PartsLost(job=JOB, attempt=1, scenes=("s01",))


def test_a_short_film_goes_before_the_later_scenes_of_a_long_one_that_came_first():
    long = "Every evening the keeper climbed the winding stairs and counted them aloud. " * 33
    facts = [fact(at, long) if fact is spoken else fact(at) for at in range(8) for fact in (spoken, painted)]
    early = of(Draw, heard(analyzed(8, narration=long), *facts)[1])
    [short] = of(Draw, heard(analyzed(1), spoken(0), painted(0))[1])
    waits = [starts(order.priority, now=1000, lead=order.lead) for order in early]
    assert waits == sorted(waits)
    assert waits[0] < starts(short.priority, now=1030, lead=short.lead) < waits[1]


def test_what_was_lost_is_drawn_again_and_joined_then_as_a_new_attempt():
    film, _ = heard(*everything())
    film, orders = heard(LOST, film=film)
    assert [(type(order), order.effect) for order in orders] == [(Draw, "segment/j/s01/1/2")]
    film, orders = heard(drawn(1), film=film)
    assert [(type(order), order.effect) for order in orders] == [(Join, "video/j/2")]
    _, orders = heard(PartsLost(job=JOB, attempt=2, sound=True), film=film)
    assert [(type(order), order.effect) for order in orders] == [(Mix, "sound/j/3")]


def test_what_was_lost_is_ordered_again_once_for_each_attempt():
    film, orders = heard(LOST, LOST, film=heard(*everything())[0])
    assert len(orders) == 1
    assert heard(drawn(1), LOST, LOST, film=film)[1] == heard(drawn(1), film=film)[1]


def test_the_join_knows_whose_each_chunk_is():
    two = drawn(1).model_copy(update={"chunks": (blob("a"), blob("b"))})
    [join] = of(Join, heard(*everything()[:-2], two, composed(), mixed())[1])
    assert (join.owners, [one.key for one in join.chunks]) == (
        ("s00", "s01", "s01", "s02"),
        ["chunk-0", "a", "b", "chunk-2"],
    )


def test_the_join_has_every_part_in_the_order_of_the_scenes():
    parts = [fact(index) for index in (2, 0, 1) for fact in (drawn, painted, spoken)]
    [join] = of(Join, heard(composed(), *parts, analyzed(), mixed())[1])
    assert [one.key for one in join.chunks] == ["chunk-0", "chunk-1", "chunk-2"]
    assert (join.opening.key, join.sound.key, join.music) == ("picture-0", "sound", True)


def test_the_join_knows_what_was_warned_of_when_the_script_was_read():
    read = analyzed().model_copy(update={"warnings": ("prompt_narrated",)})
    [join] = of(Join, heard(read, *everything()[1:])[1])
    assert join.warnings == read.warnings


def test_orders_carry_the_priority_of_their_job():
    orders = [order for order in heard(*everything())[1] if not isinstance(order, TimelinePlanned)]
    assert {order.priority for order in orders} == {Priority.HIGH}


@pytest.mark.heavy
def test_a_film_of_forty_long_scenes_stays_small_enough_to_be_kept_and_queued():
    long = "Every evening the keeper climbed the winding stairs and counted them aloud. " * 33
    facts = [fact for at in range(40) for fact in (spoken(at, long), painted(at), drawn(at))]
    film, orders = heard(analyzed(40, narration=long), *facts, composed(), mixed())
    assert len(orders) == 40 + 40 + 1 + 1 + 1
    assert max(len(order.model_dump_json()) for order in of(Draw, orders)) < 200_000
    assert sum(len(order.model_dump_json()) for order in of(Paint, orders)) < 4_000_000
    assert len(film.model_dump_json()) < 4_000_000
