"""Nobody looks at one picture for long: it is framed anew where a sentence begins, in one swing of the camera."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from philo_contracts.shapes import Mood, VideoConfig, Word
from philo_render.film import Format, chunks, plan, stills
from philo_render.film.camera import View, camera_for
from philo_render.film.framing import framings
from philo_render.film.planes import blank, planes_of
from philo_render.film.rhythm import RHYTHM
from philo_render.film.zooming import between, zoom

SMALL = Format(width=192, height=108, fps=12)
WIDE, NEAR = View(0.05, 0.04, 0.90), View(0.20, 0.15, 0.62)
LONG = "A " * 15 + "stop. " + "Then " * 15 + "end."


def spoken(texts: list[str], pace: float) -> tuple[Word, ...]:
    return tuple(Word(text=text, start=nth * pace, end=(nth + 0.8) * pace) for nth, text in enumerate(texts))


@settings(max_examples=80, deadline=None)
@given(
    texts=st.lists(st.sampled_from(["word", "word,", "stop.", "好。", "好”"]), max_size=90),
    pace=st.floats(0.1, 1.4),
    opening=st.floats(0, 6),
)
def test_no_framing_is_longer_or_shorter_than_it_may_be(texts, pace, opening) -> None:
    end = opening + len(texts) * pace + 1.0
    borders = [opening, *framings(spoken(texts, pace), (opening, end)), end]
    lengths = [after - before for before, after in pairwise(borders)]
    assert max(lengths) <= RHYTHM.longest + 1e-6
    assert len(lengths) == 1 or min(lengths) >= RHYTHM.shortest - 1e-6


def test_it_is_framed_anew_where_a_sentence_begins() -> None:
    words = spoken(["word,"] * 8 + ["stop.", *["word"] * 12], 0.5)
    (cut,) = framings(words, (0.0, 10.5))
    assert words[8].end < cut < words[9].start


def test_words_without_any_sign_are_framed_anew_as_well() -> None:
    assert len(framings(spoken(["word"] * 38, 0.4), (0.0, 15.2))) == 1
    assert framings((), (0.0, 18.0)) == [6.0, 12.0]


@pytest.mark.parametrize("mood", list(Mood))
def test_no_two_of_four_framings_are_alike(mood: Mood) -> None:
    assert len({camera_for(mood, "scene", (0.4, 0.5), 6.0, framing=nth) for nth in range(4)}) == 4


def test_a_film_of_cuts_is_cut_within_its_scenes_too(narrate) -> None:
    film = plan([narrate(0, LONG)], VideoConfig(transition="cut"), "A", format_=SMALL)
    assert all(not shot.blend for chunk in chunks(film) for shot in chunk.shots)


@pytest.fixture(scope="module")
def reframed(narrate):
    """The chunk in which a second framing comes, and a picture."""
    film = plan([narrate(0, LONG)], VideoConfig(), "A", format_=SMALL)
    chunk = next(chunk for chunk in chunks(film) if len(chunk.shots) == 2)
    ramp = np.linspace(20, 235, 240).astype(np.uint8)
    picture = np.dstack([np.tile(ramp, (160, 1)), np.tile(ramp[:160, None], (1, 240)), np.full((160, 240), 90)])
    return chunk.model_copy(update={"cues": ()}), {"picture-0": picture.astype(np.uint8)}


def test_the_swing_begins_as_the_old_framing_and_ends_as_the_new(reframed) -> None:
    chunk, sources = reframed
    old, new = chunk.shots
    wanted = range(new.blend)
    swing = [planes_of(frame).y[:, : SMALL.width].astype(int) for frame in stills(chunk, sources, wanted)]
    alone = {
        nth: [
            planes_of(frame).y[:, : SMALL.width].astype(int)
            for frame in stills(chunk.model_copy(update={"shots": (shot,)}), sources, wanted)
        ]
        for nth, shot in enumerate((old, new))
    }
    assert np.abs(swing[0] - alone[0][0]).mean() < 3 < np.abs(swing[0] - alone[1][0]).mean()
    assert np.abs(swing[-1] - alone[1][-1]).mean() < 3 < np.abs(swing[-1] - alone[0][-1]).mean()


def test_the_swing_never_jumps(reframed) -> None:
    chunk, sources = reframed
    frames = [
        planes_of(f).y[:, : SMALL.width].astype(int) for f in stills(chunk, sources, range(chunk.shots[1].blend + 3))
    ]
    assert max(np.abs(one - other).mean() for one, other in pairwise(frames)) < 8


@pytest.mark.parametrize("views", [(WIDE, NEAR), (NEAR, WIDE)])
def test_a_swing_goes_straight_and_evenly(views: tuple[View, View]) -> None:
    way = [between(*views, share / 10) for share in range(11)]
    assert way[0] == pytest.approx(views[0])
    assert way[-1] == pytest.approx(views[1])
    assert len({round(after.extent / before.extent, 9) for before, after in pairwise(way)}) == 1
    still = [(v.left - WIDE.left) / (WIDE.extent - v.extent) for v in way if abs(v.extent - WIDE.extent) > 0.01]
    assert max(still) - min(still) < 1e-9


@pytest.mark.parametrize("views", [(WIDE, NEAR), (NEAR, WIDE)])
def test_half_way_nothing_is_seen_twice(views: tuple[View, View]) -> None:
    """A bar of light stays one bar of full light where both framings would show it in two places."""
    frames = []
    for seen in views:
        frame = blank(SMALL)
        frame.y[:] = 30
        left = round((0.6 - seen.left) / seen.extent * SMALL.width)
        frame.y[:, left - 3 : left + 3] = 220
        frames.append(frame)
    zoom(frames[1], frames[0], views, 0.5)
    lit = np.flatnonzero(frames[1].y[50, : SMALL.width] > 60)
    assert frames[1].y[50].max() > 200
    assert np.ptp(lit) < 14
