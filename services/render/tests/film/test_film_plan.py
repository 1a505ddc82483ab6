"""The plan of a film is exact, local and pure."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from philo_contracts.shapes import Aspect, Mood, Subtitles, VideoConfig
from philo_render.film import Format, Timeline, chunks, plan, scene_of
from philo_render.film.camera import MOVES, camera_for, view
from philo_render.film.rhythm import RHYTHM

CONFIG = VideoConfig()


def keys(timeline: Timeline) -> list[str]:
    return [chunk.key for chunk in chunks(timeline)]


@pytest.mark.parametrize(
    ("resolution", "aspect", "size"),
    [
        ("480p", Aspect.WIDE, (854, 480)),
        ("720p", Aspect.TALL, (720, 1280)),
        ("1080p", Aspect.SQUARE, (1080, 1080)),
        ("1080p", Aspect.WIDE, (1920, 1080)),
    ],
)
def test_the_format_is_what_the_config_asks_for(resolution, aspect, size) -> None:
    format_ = Format.of(VideoConfig(resolution=resolution, aspect=aspect, fps=25))
    assert (format_.width, format_.height, format_.fps) == (*size, 25)


def test_equal_arguments_give_equal_keys(narrations) -> None:
    assert keys(plan(narrations, CONFIG, "A")) == keys(plan(narrations, CONFIG, "A"))


def test_a_changed_title_changes_only_the_chunks_that_show_it(narrations) -> None:
    before, after = keys(plan(narrations, CONFIG, "A")), keys(plan(narrations, CONFIG, "B"))
    shown = [chunk.title is not None for chunk in chunks(plan(narrations, CONFIG, "A"))]
    assert [a != b for a, b in zip(before, after, strict=True)] == shown


def test_a_scene_is_planned_from_itself_and_the_one_before(narrate) -> None:
    scenes = [narrate(i, f"The sentence of scene {i}, said at leisure.") for i in range(4)]
    placed = plan(scenes, CONFIG, "A").placed
    for index in range(4):
        known = [scene if index - 1 <= i <= index else None for i, scene in enumerate(scenes)]
        assert scene_of(known, index, CONFIG, "A") == placed[index].chunks


def test_a_chunk_survives_its_journey_as_json(narrations) -> None:
    for chunk in chunks(plan(narrations, CONFIG, "A")):
        again = type(chunk).model_validate_json(chunk.model_dump_json())
        assert again.key == chunk.key


def test_the_transition_shows_what_the_scene_before_would_have_gone_on_to_show(narrations) -> None:
    first, second, _ = plan(narrations, CONFIG, "A").placed
    outgoing, last = second.chunks[0].transition.outgoing, first.chunks[-1].shots[-1]
    assert (outgoing.material, outgoing.camera, outgoing.frames) == (last.material, last.camera, last.frames)
    assert outgoing.first_frame == last.first_frame - first.chunks[-1].frames


def test_words_are_never_shown_over_a_transition(narrations) -> None:
    assert all(not chunk.cues for chunk in chunks(plan(narrations, CONFIG, "A")) if chunk.transition)


def test_subtitles_that_are_not_burnt_in_are_still_listed(narrations) -> None:
    timeline = plan(narrations, VideoConfig(subtitles=Subtitles(burn_in=False)), "A")
    assert all(not chunk.cues for chunk in chunks(timeline))
    assert timeline.cues


def test_chapters_cover_the_film(narrations) -> None:
    timeline = plan(narrations, CONFIG, "A")
    borders = [(chapter.start, chapter.end) for chapter in timeline.chapters]
    assert borders[0][0] == 0
    assert borders[-1][1] == timeline.duration
    assert all(a[1] == b[0] for a, b in pairwise(borders))


def test_a_cut_has_no_transition(narrations) -> None:
    film = plan(narrations, VideoConfig(transition="cut"), "A")
    assert all(chunk.transition is None for chunk in chunks(film))


def test_a_long_scene_gets_a_second_framing_at_a_breath(narrate) -> None:
    text = "word " * 15 + "stop. " + "word " * 15 + "end."
    whole = chunks(plan([narrate(0, text)], CONFIG, "A"))
    shots = {shot.camera: None for chunk in whole for shot in chunk.shots}
    assert [camera.scale > 1.4 for camera in shots] == [False, True]
    second = next(nth for nth, chunk in enumerate(whole) if chunk.shots[-1].camera.scale > 1.4)
    assert sum(chunk.frames for chunk in whole[:second]) >= RHYTHM.shortest * 30


def test_a_film_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        plan([], CONFIG, "A")


@settings(max_examples=12, deadline=None)
@given(
    counts=st.lists(st.integers(0, 40), min_size=1, max_size=6),
    fps=st.sampled_from([24, 25, 30, 60]),
    transition=st.sampled_from(["crossfade", "cut"]),
)
def test_every_plan_is_whole(narrate, counts, fps, transition) -> None:
    scenes = [narrate(i, " ".join(["word,"] * n)) for i, n in enumerate(counts)]
    timeline = plan(scenes, VideoConfig(fps=fps, transition=transition), "A")
    ends = [place.first_frame + place.frames for place in timeline.placed]
    assert [place.first_frame for place in timeline.placed] == [0, *ends[:-1]]
    assert all(place.frames >= int(RHYTHM.shortest * fps) for place in timeline.placed)
    starts = [timeline.voices[scene.scene.id] for scene in scenes]
    stops = [start + scene.duration for start, scene in zip(starts, scenes, strict=True)]
    assert all(stop <= start for stop, start in zip(stops, [*starts[1:], timeline.duration], strict=True))


@settings(max_examples=60, deadline=None)
@given(
    mood=st.sampled_from(list(Mood)),
    scene=st.text(max_size=5),
    seconds=st.floats(0.5, 30),
    share=st.floats(0, 1),
    slide=st.floats(-0.024, 0.024),
)
def test_the_camera_never_sees_past_the_picture(mood, scene, seconds, share, slide) -> None:
    for closer in (False, True):
        camera = camera_for(mood, scene, (0.5, 0.5), seconds, framing=int(closer))
        seen = view(camera, share, share * seconds, slide)
        assert seen.left >= 0
        assert seen.top >= 0
        assert max(seen.left, seen.top) + seen.extent <= 1 + 1e-9


@pytest.mark.parametrize("mood", list(Mood))
def test_the_camera_is_never_stopped_by_the_edge(mood: Mood) -> None:
    """Were a move clamped, the picture would stand still for a while."""
    camera = camera_for(mood, "scene", (0.5, 0.5), 6.0)
    for share, slide in ((0.0, 0.024), (0.0, -0.024), (1.0, 0.024), (1.0, -0.024)):
        seen = view(camera, share, 6.0 * share, slide)
        assert 0 < seen.left < 1 - seen.extent
    assert set(MOVES) == set(Mood)
