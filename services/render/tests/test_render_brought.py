"""What a film's owner brought for all of it reaches those who play and draw, and what should be known of it is told."""

from uuid import uuid4

import pytest
from render_fonts import block_font
from render_world import JOB, analyzed, blob, composed, drawn, mixed, painted, spoken

from philo_contracts.events import Event, JobRequested, TimelinePlanned
from philo_contracts.shapes import Brought, MusicWish, Subtitles
from philo_render.crew import warnings_of
from philo_render.domain import Film, due, learn
from philo_render.orders import Draw, Join

TRACK, FONT = blob("uploads/track.mp3"), blob("fonts/ab/abc.ttf")
BROUGHT = Brought(track=TRACK, font=FONT)


def wishing(**change: object):
    told = analyzed(1)
    named = {"music": MusicWish(track_asset_id=uuid4()), "subtitles": Subtitles(font_asset_id=uuid4())}
    return told.model_copy(update={"config": told.config.model_copy(update=named | change)})


def requested(config, brought: Brought = BROUGHT) -> JobRequested:
    return JobRequested(job=JOB, user="ada", config=config, brought=brought)


def heard(*facts: Event) -> Film:
    film = Film(job=JOB)
    for fact in facts:
        film = learn(film, fact)
    return film


def orders(film: Film, kind: type) -> list:
    return [order for _, order in due(film) if isinstance(order, kind)]


def test_a_film_waits_to_hear_what_was_brought_for_it():
    plan = wishing()
    waiting = heard(plan, spoken(0), painted(0))
    assert list(due(waiting)) == []
    assert orders(learn(waiting, requested(plan.config)), Draw)


def test_a_film_that_names_nothing_waits_for_nothing():
    assert orders(heard(analyzed(1), spoken(0), painted(0)), Draw)


def test_the_track_and_who_shall_compose_are_told_with_the_timeline():
    plan = wishing(music=MusicWish(track_asset_id=uuid4(), provider="mubert"))
    [told] = orders(heard(requested(plan.config), plan, spoken(0)), TimelinePlanned)
    assert (told.track, told.provider) == (TRACK, "mubert")


def test_every_chunk_with_words_has_the_font_in_its_name():
    plan = wishing()
    [order] = orders(heard(requested(plan.config), plan, spoken(0), painted(0)), Draw)
    [bare] = orders(heard(requested(plan.config, Brought()), plan, spoken(0), painted(0)), Draw)
    fonts = [(bool(chunk.cues), chunk.font) for chunk in order.chunks()]
    assert set(fonts) <= {(True, FONT.key), (False, None)}
    assert (True, FONT.key) in fonts
    pairs = zip(order.chunks(), bare.chunks(), strict=True)
    assert [one.key != other.key for one, other in pairs] == [with_words for with_words, _ in fonts]


def test_no_font_is_asked_for_where_no_subtitles_are_written():
    plan = wishing(subtitles=Subtitles(font_asset_id=uuid4(), burn_in=False))
    [order] = orders(heard(requested(plan.config), plan, spoken(0), painted(0)), Draw)
    assert order.font is None


def whole(music: tuple[str, ...] = (), brought: Brought = BROUGHT) -> Join:
    plan = wishing()
    played = composed().model_copy(update={"warnings": music})
    [order] = orders(
        heard(requested(plan.config, brought), plan, spoken(0), painted(0), drawn(0), played, mixed()), Join
    )
    return order


def test_what_is_to_be_known_of_the_music_is_told_with_the_film():
    order = whole(("Philo composed the music itself. Mubert is away.",), Brought())
    assert warnings_of(order) == ("Philo composed the music itself. Mubert is away.",)


@pytest.mark.parametrize(
    ("letters", "words"),
    [("Thekprclimbdwnagstr.", None), ("Thekprclimbdwnag.", "has no ts;"), ("x", "and others")],
)
def test_signs_that_the_font_lacks_are_told(tmp_path, letters, words):
    path = tmp_path / "font"
    path.write_bytes(block_font(letters))
    order = whole().model_copy(update={"font": blob(f"fonts/{letters}")})
    if words == "and others":
        long = order.narrations[0].scene.model_copy(
            update={"narration": "abcdefghijklmnopqrstuvwyzABCDEFGHIJKLMNOPQRSTUV"}
        )
        order = order.model_copy(update={"narrations": (order.narrations[0].model_copy(update={"scene": long}),)})
    found = warnings_of(order, path)
    assert [words in told for told in found] == ([True] if words else [])
    assert all("Philo's own fonts write these signs" in told for told in found)


def test_signs_that_no_font_has_are_told_as_left_out(tmp_path):
    path = tmp_path / "font"
    path.write_bytes(block_font("Thekprclimbdwnagstr."))
    order = whole()
    lost = order.narrations[0].scene.model_copy(update={"narration": "The \U0001242f"})
    order = order.model_copy(update={"narrations": (order.narrations[0].model_copy(update={"scene": lost}),)})
    [told] = warnings_of(order, path)
    assert told == "No font can write \U0001242f; these signs are left out of what is shown."
