"""The opening picture is built behind the title, group after group, and then stands as it would have stood."""

from __future__ import annotations

import numpy as np
import pytest

from philo_contracts.shapes import Cards, VideoConfig
from philo_render.film import Format, Material, chunks, layers, plan, stills
from philo_render.film.building import FIRST, LASTS, STAGGER, Way, on_its_way, way_of
from philo_render.film.camera import DRIFT, View
from philo_render.film.parallax import Layered
from philo_render.film.planes import blank, planes_of
from philo_render.film.rhythm import RHYTHM
from philo_render.pictures.layers import Layer, Layers

FORMAT = Format(width=192, height=108, fps=12)
SIZE = (240, 136)
BUILT = FIRST + STAGGER + LASTS


def group(name: str, depth: float, light: int, rows: slice, columns: slice = np.s_[:]) -> Layer:
    through = np.full(SIZE[::-1], 255, np.uint8)
    through[rows, columns] = 0
    colour = np.where(through[..., None] == 0, light, 0).repeat(3, 2).astype(np.uint8)
    return Layer(name, depth, 0, colour, through)


SKY, HILL, FRONT = (
    group("sky", 0.0, 60, np.s_[:]),
    group("far", 0.3, 120, np.s_[70:]),
    group("front", 1.0, 220, np.s_[110:]),
)
LANTERN = group("lantern", 0.9, 250, np.s_[:30], np.s_[100:120])
PICTURE = Layers(*SIZE, 1, (SKY, HILL, FRONT, LANTERN))


def filmed(built: bool, seconds: float) -> np.ndarray:
    out = blank(FORMAT)
    Layered(PICTURE, DRIFT, FORMAT, built=built).draw(seconds / 6.0, seconds, 0.0, out)
    return out.y[:, : FORMAT.width].astype(int)


def test_at_first_there_is_only_the_sky() -> None:
    assert np.ptp(filmed(True, 0.0)) <= 2


def test_the_nearest_group_comes_last() -> None:
    half = filmed(True, FIRST + 0.3 * STAGGER + 0.35 * LASTS)
    assert np.median(half[-3]) == pytest.approx(np.median(filmed(False, 0.0)[75]), abs=4)


def test_once_it_stands_it_is_like_any_picture() -> None:
    assert np.abs(filmed(True, BUILT + 0.1) - filmed(False, BUILT + 0.1)).max() <= 3


@pytest.mark.parametrize(
    ("layer", "way"),
    [(SKY, Way.NONE), (HILL, Way.UP), (LANTERN, Way.DOWN), (group("trunk", 0.8, 9, np.s_[:], np.s_[5:25]), Way.NONE)],
)
def test_what_hangs_is_let_down_and_what_is_fastened_twice_stands(layer: Layer, way: Way) -> None:
    assert way_of(layer.depth, layer.through) is way


def test_a_bird_comes_from_above() -> None:
    assert way_of(0.5, group("heroes", 0.5, 200, np.s_[20:50], np.s_[50:80]).through) is Way.DOWN


def test_nothing_is_moved_once_the_time_is_up() -> None:
    seen = View(0.1, 0.1, 0.8)
    assert on_its_way(seen, Way.UP, 1.0, BUILT) == seen
    assert on_its_way(seen, Way.UP, 1.0, 0.0).top < seen.top < on_its_way(seen, Way.DOWN, 1.0, 0.0).top


def film(narrate, kind: str, cards: Cards = Cards(), title: str = "A"):  # noqa: B008 - frozen
    told = [narrate(nth, "Hush now, said the owl to the moon, and slept.") for nth in (0, 1)]
    told = [one.model_copy(update={"material": Material(key="picture", kind=kind)}) for one in told]
    return chunks(plan(told, VideoConfig(cards=cards), title, format_=FORMAT))


def test_only_the_chunks_that_show_the_title_are_built(narrate) -> None:
    shown = film(narrate, "layers")
    assert [any(shot.built for shot in chunk.shots) for chunk in shown] == [chunk.title is not None for chunk in shown]


@pytest.mark.parametrize(("kind", "cards"), [("flat", Cards()), ("layers", Cards(title=False))])
def test_a_flat_picture_and_a_film_without_a_title_are_not_built(narrate, kind: str, cards: Cards) -> None:
    assert not any(shot.built for chunk in film(narrate, kind, cards) for shot in chunk.shots)


def test_the_title_stands_before_a_finished_stage_at_its_clearest(narrate) -> None:
    first = film(narrate, "layers")[0]
    assert FORMAT.seconds(first.title.clearest) + 1 / FORMAT.fps >= BUILT - 0.1
    assert RHYTHM.title > BUILT


def test_a_flat_picture_comes_up_out_of_the_dark(narrate) -> None:
    first = film(narrate, "flat")[0]
    picture = {"picture": np.full((140, 250, 3), 200, np.uint8)}
    light = [float(np.median(planes_of(one).y)) for one in stills(first, picture, [0, 6, 20])]
    assert light[0] < 40 < light[1] < light[2]


def test_the_title_does_not_jump_from_chunk_to_chunk(narrate) -> None:
    """At sixty frames a second its three seconds are in two chunks."""
    fast = Format(width=192, height=108, fps=60)
    told = narrate(0, "Hush.").model_copy(update={"material": Material(key="picture", kind="layers")})
    shown = [one for one in chunks(plan([told], VideoConfig(), "Owl", format_=fast)) if one.title]
    packed = {"picture": layers.packed(PICTURE)}
    last = planes_of(next(stills(shown[0], packed, [shown[0].frames - 1]))).y[:, :192].astype(int).copy()
    first = planes_of(next(stills(shown[1], packed, [0]))).y[:, :192].astype(int)
    assert len(shown) == 2
    assert np.abs(last - first).mean() < 1.5
