"""Whatever the film: every frame is in one chunk, and only what was changed is drawn again."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from philo_contracts.shapes import VideoConfig
from philo_render.film import Chunk, Format, Timeline, chunks, draw_chunk, encoded, join, plan, probe, stills
from philo_render.film.crossings import around
from philo_render.film.dividing import LENGTH, divided, part
from philo_render.film.packets import unpacked
from philo_render.film.planes import planes_of

TINY = Format(width=32, height=32, fps=12)
lengths = st.lists(st.integers(0, 60), min_size=1, max_size=7)
configs = st.builds(
    VideoConfig, fps=st.sampled_from([24, 25, 30, 50, 60]), transition=st.sampled_from(["crossfade", "cut"])
)


ways = st.lists(st.sampled_from(["", "crossfade", "cut", "torn_paper", "stage_change"]), min_size=7, max_size=7)


def told(narrate, counts, changed=None, names=()):
    named = names[: len(counts) - 1] or [""] * (len(counts) - 1)
    return [
        narrate(index, " ".join(["word,"] * count) + (" changed" if index == changed else "")).model_copy(
            update=dict(zip(("entrance", "exit"), around(named, index), strict=True))
        )
        for index, count in enumerate(counts)
    ]


def owners(timeline: Timeline) -> dict[str, set[int]]:
    """Which scenes a chunk shows."""
    shown: dict[str, set[int]] = {}
    for place in timeline.placed:
        for chunk in place.chunks:
            shown[chunk.key] = {int(material.key.rpartition("-")[2]) for material in chunk.materials}
    return shown


@pytest.mark.heavy
@settings(max_examples=40, deadline=None)
@given(counts=lengths, config=configs, names=ways)
def test_every_frame_of_a_film_belongs_to_one_chunk(narrate, counts, config, names) -> None:
    timeline = plan(told(narrate, counts, names=names), config, "A")
    for place, following in pairwise([*timeline.placed, None]):
        end = following.first_frame if following else timeline.frames
        assert sum(chunk.frames for chunk in place.chunks) == end - place.first_frame
    assert sum(chunk.frames for chunk in chunks(timeline)) == timeline.frames


@pytest.mark.heavy
@settings(max_examples=40, deadline=None)
@given(counts=lengths, config=configs)
def test_chunks_are_about_as_long_as_they_should_be_and_transitions_stand_alone(narrate, counts, config) -> None:
    for chunk in chunks(plan(told(narrate, counts), config, "A")):
        assert chunk.frames <= LENGTH * 1.5
        assert chunk.transition is None or chunk.transition.frames == chunk.frames


@pytest.mark.heavy
@settings(max_examples=40, deadline=None)
@given(counts=lengths, config=configs)
def test_equal_films_have_equal_keys(narrate, counts, config) -> None:
    first, second = (plan(told(narrate, counts), config, "A") for _ in range(2))
    assert [chunk.key for chunk in chunks(first)] == [chunk.key for chunk in chunks(second)]


@pytest.mark.heavy
@settings(max_examples=40, deadline=None)
@given(counts=lengths, config=configs, names=ways, data=st.data())
def test_a_changed_scene_changes_only_its_own_chunks_and_its_two_transitions(
    narrate, counts, config, names, data
) -> None:
    index = data.draw(st.integers(0, len(counts) - 1))
    before = owners(plan(told(narrate, counts, names=names), config, "A"))
    after = owners(plan(told(narrate, counts, changed=index, names=names), config, "A"))
    assert all(index in shown for key, shown in after.items() if key not in before)


@pytest.fixture(scope="module")
def scene(narrate) -> tuple[Chunk, dict]:
    """A scene of some chunks, with a title, a second framing, a farewell and words across a border."""
    words = "word " * 15 + "stop. " + "word " * 22 + "end."
    timeline = plan([narrate(0, words)], VideoConfig(), "A title", format_=Format(width=160, height=90, fps=30))
    picture = np.random.default_rng(1).integers(0, 255, (12, 20, 3), np.uint8)
    whole = timeline.placed[0].chunks
    return whole, {"picture-0": picture.repeat(12, 0).repeat(12, 1)}


def seen(chunk: Chunk, sources) -> list[np.ndarray]:
    return [
        np.concatenate([plane.ravel() for plane in planes_of(frame)]).copy()
        for frame in stills(chunk, sources, range(chunk.frames))
    ]


def test_a_part_shows_what_the_whole_shows_there(narrate, scene) -> None:
    whole, sources = scene
    assert len(whole) > 3
    chunk = whole[1]
    halves = [part(chunk, 0, 50), part(chunk, 50, chunk.frames)]
    frames = [frame for half in halves for frame in seen(half, sources)]
    assert all(np.array_equal(one, other) for one, other in zip(seen(chunk, sources), frames, strict=True))


def test_what_is_divided_already_is_not_divided_further(scene) -> None:
    assert all(divided(chunk) == (chunk,) for chunk in scene[0])


@pytest.mark.heavy
@settings(max_examples=5, deadline=None)
@given(counts=st.lists(st.integers(0, 6), min_size=1, max_size=4), fps=st.sampled_from([12, 25]))
def test_the_clock_of_any_film_is_even_and_its_sound_ends_with_it(narrate, tmp_path_factory, counts, fps) -> None:
    timeline = plan(told(narrate, counts), VideoConfig(), "A", format_=Format(width=32, height=32, fps=fps))
    sources = {f"picture-{index}": np.full((40, 40, 3), 30 * index, np.uint8) for index in range(len(counts))}
    drawn = [draw_chunk(chunk, sources) for chunk in chunks(timeline)]
    path = tmp_path_factory.mktemp("any") / "film.mp4"
    sound = encoded(np.zeros((2, 0), np.float32), timeline.frames * 48_000 // fps)
    join(drawn, sound, path, timeline.format)
    found = probe(path)
    assert (found.frames, found.steps) == (timeline.frames, (Fraction(1, fps),))
    assert abs(found.video_end - found.audio_end) < 1 / fps
    assert sum(len(unpacked(data).packets) for data in drawn) == timeline.frames


def test_each_scene_of_a_film_shows_its_own_picture(narrate) -> None:
    """Sources are found by name, whatever the order they come in."""
    timeline = plan(told(narrate, [4, 4, 4, 4]), VideoConfig(), "A", format_=TINY)
    greys = {f"picture-{index}": np.full((40, 40, 3), 50 + 40 * index, np.uint8) for index in (2, 0, 3, 1)}
    for index, place in enumerate(timeline.placed[:-1]):
        chunk = place.chunks[-1].model_copy(update={"cues": (), "title": None})
        frame = next(stills(chunk, greys, [chunk.frames - 1]))
        light = float(planes_of(frame).y[:, :32].mean())
        assert light == pytest.approx(16 + (50 + 40 * index) * 219 / 255, abs=1.5)
