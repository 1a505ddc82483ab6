"""Fan-in in the trace of a film: what waits for many goes back to all of them."""

from __future__ import annotations

import pytest

from philo_contracts.events import AudioSynthesized, MusicComposed, PictureMade, SceneRendered, SoundMixed
from philo_render.domain import Film
from philo_render.waiting import noted, waited_for

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
HEARD = {
    "voice/s1": AudioSynthesized.model_construct(scene="s1"),
    "voice/s2": AudioSynthesized.model_construct(scene="s2"),
    "picture/s1": PictureMade.model_construct(scene="s1"),
    "picture/s2": PictureMade.model_construct(scene="s2"),
    "chunks/s1": SceneRendered.model_construct(scene="s1"),
    "chunks/s2": SceneRendered.model_construct(scene="s2"),
    "music": MusicComposed.model_construct(),
    "sound": SoundMixed.model_construct(),
}
PLACES = {name: f"00-{TRACE}-{number:016x}-01" for number, name in enumerate(HEARD, 1)}


@pytest.fixture
def film() -> Film:
    heard = Film(job="j")
    for name, fact in HEARD.items():
        heard = noted(heard, fact, PLACES[name])
    return heard


@pytest.mark.parametrize(
    ("order", "needed"),
    [
        ("join", ["chunks/s1", "chunks/s2", "sound"]),
        ("mix", ["voice/s1", "voice/s2", "music"]),
        ("timeline", ["voice/s1", "voice/s2"]),
        ("draw/s2", ["voice/s2", "picture/s2"]),
        ("paint/s1", []),
    ],
)
def test_an_order_goes_back_to_all_that_it_waited_for(film: Film, order: str, needed: list[str]) -> None:
    assert waited_for(film, order) == [PLACES[name] for name in needed]


@pytest.mark.parametrize("place", [None, f"00-{TRACE}-{1:016x}-00", f"00-{TRACE}-{1:016x}-02"])
def test_nothing_is_noted_of_a_trace_that_nobody_records(place: str | None) -> None:
    assert noted(Film(job="j"), HEARD["music"], place).traces == {}


def test_a_place_is_noted_whether_or_not_it_says_that_its_trace_has_a_random_number() -> None:
    place = f"00-{TRACE}-{1:016x}-03"
    assert noted(Film(job="j"), HEARD["music"], place).traces == {"music": place}
