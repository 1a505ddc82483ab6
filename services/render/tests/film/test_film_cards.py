"""Chapters and names: seen whole in every shape and writing, in their time, and never over other words."""

from __future__ import annotations

import numpy as np
import pytest

from philo_contracts.shapes import Cards, Heading, VideoConfig
from philo_render.film import Format, chunks, plan, stills, timing
from philo_render.film.cards import Chapter, Title
from philo_render.film.chunk import Card
from philo_render.film.planes import Planes, blank, planes_of
from philo_render.film.rhythm import RHYTHM
from philo_render.film.strip import Strip
from philo_render.film.subtitle import FOOT, LETTERS

pytestmark = pytest.mark.heavy

SHAPES = [(320, 180), (180, 320), (240, 240), (192, 240)]
NAMES = [
    ("The Lantern Letter", "Chapter Two"),
    ("嫦娥奔月：中秋的故事", "第二章"),
    ("رسالة الفانوس", "الفصل الثاني"),
    ("लालटेन की चिट्ठी", "अध्याय दो"),
    ("An unusually long name that needs all the room there is", "and a long line to say who that is"),
]
SMALL = Format(width=192, height=108, fps=12)


def grey(format_: Format, light: int = 110) -> Planes:
    planes = blank(format_)
    planes.y[:] = light
    planes.u[:] = planes.v[:] = 128
    return planes


def box(changed: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is true."""
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


def shown(kind: type, words: tuple[str, str], size: tuple[int, int], frame: int = 40) -> tuple[Planes, Format]:
    format_ = Format(width=size[0], height=size[1], fps=20)
    out = grey(format_)
    kind(Card(kind="strip", text=words[0], note=words[1], first_frame=0, end_frame=80), format_).draw(out, frame)
    return out, format_


@pytest.mark.parametrize("words", NAMES)
@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("kind", [Chapter, Strip])
def test_words_stand_whole_inside_the_frame(kind: type, words: tuple[str, str], size: tuple[int, int]) -> None:
    out, _ = shown(kind, words, size)
    left, top, right, bottom = box(out.y[:, : size[0]] > 150)
    assert min(left, size[0] - 1 - right) >= 0.03 * size[0]
    assert 0.05 * size[1] < top < bottom < 0.95 * size[1]


@pytest.mark.parametrize("size", SHAPES)
def test_the_number_of_a_chapter_stands_above_its_name(size: tuple[int, int]) -> None:
    out, _ = shown(Chapter, ("Tale", "Two"), size)
    amber = box(out.v.astype(int) - out.u > 40)
    white = box((out.y > 200)[:, : size[0]])
    assert 2 * amber[3] < white[1]


def test_the_picture_sinks_behind_a_chapter_and_comes_back() -> None:
    dark, _ = shown(Chapter, NAMES[0], SHAPES[0])
    after, _ = shown(Chapter, NAMES[0], SHAPES[0], frame=83)
    assert np.median(dark.y) < 60
    assert (after.y == 110).all()


@pytest.mark.parametrize("words", NAMES)
@pytest.mark.parametrize("size", SHAPES)
def test_a_strip_leaves_room_for_two_lines_of_subtitles(words: tuple[str, str], size: tuple[int, int]) -> None:
    out, format_ = shown(Strip, words, size)
    bottom = box(out.y[:, : size[0]] > 150)[3]
    lines = FOOT[format_.shape] * size[1] - 2 * 1.30 * LETTERS[format_.shape] * format_.short_side
    assert bottom < lines


def test_a_name_that_is_read_from_the_right_stands_at_the_right() -> None:
    assert box(shown(Strip, NAMES[0], SHAPES[0])[0].y > 150)[0] < 40
    assert box(shown(Strip, NAMES[2], SHAPES[0])[0].y > 150)[2] > 280


@pytest.fixture(scope="module")
def told(narrate):
    """Two scenes; the second opens a chapter and names somebody."""
    marks = {"chapter": Heading(text="The Storm", note="Chapter 2"), "strip": Heading(text="Old Tomas")}
    words = "One night a storm rose without warning, and old Tomas was out at sea all alone."
    second = narrate(1, words)
    return [narrate(0, "Hush now."), second.model_copy(update={"scene": second.scene.model_copy(update=marks)})]


def test_nobody_speaks_while_a_chapter_is_read(told) -> None:
    scene = plan(told, VideoConfig(), "A", format_=SMALL).placed[1]
    silence = SMALL.seconds(scene.voice_frame - scene.cut_frame)
    assert silence >= RHYTHM.chapter
    assert all(
        card.end_frame <= chunk.cues[0].first_frame
        for chunk in scene.chunks[:2]
        for card in chunk.cards[:1]
        if chunk.cues
    )


def test_a_strip_comes_after_the_chapter_and_stays_four_seconds(told) -> None:
    scene = plan(told, VideoConfig(), "A", format_=SMALL).placed[1]
    first, at = {}, 0
    for chunk in scene.chunks:
        first |= {card.kind: (card.first_frame + at, card.end_frame + at) for card in chunk.cards}
        at += chunk.frames
    assert first["chapter"][1] < first["strip"][0]
    assert first["strip"][1] - first["strip"][0] == SMALL.frames(RHYTHM.strip)


def test_cards_never_stand_on_a_transition(told) -> None:
    for chunk in chunks(plan(told, VideoConfig(), "A", format_=SMALL)):
        assert chunk.transition is None or not chunk.cards


@pytest.mark.parametrize("card", ["title", "chapters", "lower_thirds", "end"])
def test_every_card_can_be_left_out(told, card: str) -> None:
    config = VideoConfig(cards=Cards(**{card: False}))
    film = plan(told, config, "A", format_=SMALL)
    shown = {one.kind for chunk in chunks(film) for one in chunk.cards}
    shown |= {"title" for chunk in chunks(film) if chunk.title}
    shown |= {"end" for chunk in chunks(film) if chunk.ending and chunk.ending.text}
    left_out = {"chapters": "chapter", "lower_thirds": "strip"}.get(card, card)
    assert shown == {"title", "chapter", "strip", "end"} - {left_out}
    assert film.duration == timing(told, config, format_=SMALL).duration


def test_without_a_title_the_voice_begins_at_once(told) -> None:
    first = plan(told, VideoConfig(cards=Cards(title=False)), "A", format_=SMALL).placed[0]
    assert SMALL.seconds(first.voice_frame) <= RHYTHM.lead + 1 / SMALL.fps


def test_without_a_chapter_nobody_waits_for_it(told) -> None:
    long, short = (plan(told, VideoConfig(cards=Cards(chapters=on)), "A", format_=SMALL) for on in (True, False))
    assert long.duration - short.duration == pytest.approx(RHYTHM.chapter, abs=1 / SMALL.fps)


def test_without_a_last_card_the_film_goes_dark_all_the_same(told) -> None:
    film = plan(told, VideoConfig(cards=Cards(end=False)), "A", format_=SMALL)
    picture = {f"picture-{index}": np.full((108, 192, 3), 200, np.uint8) for index in (0, 1)}
    last = film.placed[-1].chunks[-1]
    assert planes_of(next(stills(last, picture, [last.frames - 1]))).y.max() < 30


@pytest.mark.parametrize("transition", ["crossfade", "stage_change", "torn_paper", "cut"])
def test_even_in_the_shortest_scene_a_strip_can_be_read(narrate, transition: str) -> None:
    scenes = [narrate(index, "Yes.") for index in range(3)]
    named = scenes[1].scene.model_copy(update={"strip": Heading(text="Old Tomas")})
    scenes[1] = scenes[1].model_copy(update={"scene": named})
    film = plan(scenes, VideoConfig(transition=transition), "A", format_=SMALL)
    shown = [card.end_frame - card.first_frame for chunk in chunks(film) for card in chunk.cards]
    assert shown
    assert min(shown) >= 1.8 * SMALL.fps


def test_chapter_and_strip_are_drawn_into_the_film(told) -> None:
    sources = {f"picture-{index}": np.full((108, 192, 3), 110, np.uint8) for index in (0, 1)}
    scene = plan(told, VideoConfig(), "A", format_=SMALL).placed[1]
    chunk = next(chunk for chunk in scene.chunks if any(card.kind == "chapter" for card in chunk.cards))
    card = chunk.cards[0].middle
    frame = planes_of(next(stills(chunk.model_copy(update={"cues": ()}), sources, [card])))
    assert np.median(frame.y) < 70
    assert (frame.y > 180).any()


@pytest.mark.parametrize("size", SHAPES)
def test_a_title_goes_where_the_sky_is_calm(size: tuple[int, int]) -> None:
    format_ = Format(width=size[0], height=size[1], fps=20)
    ground = grey(format_, 200)
    busy = np.random.default_rng(1).integers(0, 255, ground.y.shape)
    rows = slice(round(0.28 * size[1]), None)
    ground.y[rows] = busy[rows]
    title = Title(Card(text="Calm", first_frame=0, end_frame=80), format_, ground)
    before = ground.y.copy()
    title.draw(ground, 40)
    assert box(np.abs(ground.y.astype(int) - before)[:, : size[0]] > 60)[3] <= 0.30 * size[1]
