"""From one picture to the next: every way begins with the one and ends with the other, and is chosen by the story."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from philo_contracts.shapes import Mood, Scene, VideoConfig
from philo_render.film import Chunk, Format, chunks, plan, transitions
from philo_render.film.crossings import around, choose, crossing_frames
from philo_render.film.planes import Planes, blank

FORMAT = Format(width=384, height=216, fps=30)
NAMES = sorted(path.stem for path in Path(transitions.__file__).parent.glob("[a-z]*.py"))


def even(y: int, u: int = 128, v: int = 128) -> Planes:
    planes = blank(FORMAT)
    for plane, value in zip(planes, (y, u, v), strict=True):
        plane[:] = value
    return planes


def drawn(name: str, share: float, new: Planes | None = None, old: Planes | None = None) -> Planes:
    out = new or even(60, 100, 150)
    transitions.named(name)(out, old or even(200, 140, 110), share)
    return out


def test_there_are_the_transitions_that_can_be_asked_for() -> None:
    assert NAMES == ["crossfade", "dip_to_dark", "soft_wipe", "stage_change", "torn_paper"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("share", "expected"), [(0.0, (200, 140, 110)), (1.0, (60, 100, 150))])
def test_it_begins_with_the_former_picture_and_ends_with_the_new_one(name: str, share: float, expected: tuple) -> None:
    for plane, value in zip(drawn(name, share), expected, strict=True):
        assert np.abs(plane.astype(int) - value).max() <= 1


@pytest.mark.parametrize("name", NAMES)
def test_from_frame_to_frame_the_picture_changes_and_never_jumps(name: str) -> None:
    """At 30 frames a second, whatever share of the frame an edge crosses."""
    steps = [drawn(name, share).y.astype(int) for share in np.linspace(0, 1, 25)]
    moved = [np.abs(b - a).mean() for a, b in pairwise(steps)]
    assert max(moved) < 30
    assert sum(moved) > 100


@pytest.mark.parametrize("name", NAMES)
def test_equal_moments_are_drawn_equal(name: str) -> None:
    for one, other in zip(drawn(name, 0.4), drawn(name, 0.4), strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [(32, 32), (90, 160), (86, 48)])
def test_any_size_of_frame_can_be_crossed(name: str, size: tuple[int, int]) -> None:
    format_ = Format(width=size[0], height=size[1], fps=30)
    for share in (0.0, 0.3, 0.7, 1.0):
        transitions.named(name)(blank(format_), blank(format_), share)


def test_torn_paper_has_a_cream_rim_between_the_pictures_and_a_shadow_before_it() -> None:
    frame = drawn("torn_paper", 0.5, new=even(120), old=even(40)).y.astype(int)
    rims = [np.flatnonzero(row > 125) for row in frame]
    assert np.mean([rim.size > 0 for rim in rims]) > 0.7
    assert max(rim.size for rim in rims) <= 6
    for row, rim in ((row, rim) for row, rim in zip(frame, rims, strict=True) if rim.size):
        assert row[rim[0] - 9 : rim[0] - 1].min() < 105
        assert (row[: rim[0] - 40] == 120).all()
        assert (row[rim[-1] + 8 :] == 40).all()


def test_torn_paper_is_torn_by_hand() -> None:
    """The edge wanders, and its steps are of many lengths."""
    frame = drawn("torn_paper", 0.5, new=even(200), old=even(40)).y
    edge = (frame > 90).sum(axis=1).astype(int)
    assert np.ptp(edge) > 20
    assert len(set(np.abs(np.diff(edge)))) >= 3


def test_a_new_stage_rises_from_below() -> None:
    frame = drawn("stage_change", 0.45, new=even(60), old=even(200)).y
    assert (frame[:8, :384] >= 195).all()
    assert (frame[-8:, :384] < 100).all()


def test_in_the_middle_of_a_dip_all_is_night() -> None:
    assert drawn("dip_to_dark", 0.5).y.max() < 40


def scenes(*told: tuple[Mood, str]) -> list[Scene]:
    return [
        Scene(id=f"s{n}", index=n, title="", narration="x", visual_prompt="", mood=mood, tags=tuple(tags.split()))
        for n, (mood, tags) in enumerate(told)
    ]


def test_paper_is_torn_once_at_the_greatest_turn() -> None:
    story = scenes(
        (Mood.CALM, "sea"), (Mood.DRAMATIC, "sea"), (Mood.CALM, "sea"), (Mood.SCARY, "sea"), (Mood.HAPPY, "sea")
    )
    assert choose(story) == ("crossfade", "crossfade", "torn_paper", "crossfade")


def test_paper_is_not_torn_in_a_film_without_a_turn() -> None:
    assert "torn_paper" not in choose(scenes((Mood.CALM, "sea"), (Mood.SERIOUS, "sea"), (Mood.HAPPY, "sea")))


def test_a_new_place_is_a_new_stage_and_the_same_place_dissolves() -> None:
    story = scenes((Mood.CALM, "sea boat"), (Mood.CALM, "boat night"), (Mood.CALM, "town market"))
    assert choose(story) == ("crossfade", "stage_change")


def test_the_stage_is_not_changed_at_every_scene() -> None:
    names = choose(scenes(*((Mood.CALM, f"place-{n}") for n in range(9))))
    assert names.count("stage_change") == 3
    assert names[0] == names[3] == names[6] == "stage_change"


def test_sorrow_comes_out_of_the_dark() -> None:
    assert choose(scenes((Mood.HAPPY, "a"), (Mood.SAD, "a"), (Mood.SAD, "a"))) == ("dip_to_dark", "crossfade")


def test_a_wish_is_followed_everywhere() -> None:
    story = scenes((Mood.CALM, "a"), (Mood.SCARY, "b"), (Mood.SAD, "c"))
    assert choose(story, "cut") == ("cut", "cut")
    assert choose(story[:1]) == ()


def test_each_transition_is_as_long_as_it_needs_and_even() -> None:
    for fps in (24, 25, 30, 50, 60):
        format_ = Format(width=32, height=32, fps=fps)
        lengths = {name: crossing_frames(name, format_) for name in [*NAMES, "cut"]}
        assert all(length % 2 == 0 for length in lengths.values())
        assert lengths["cut"] == 0 < lengths["crossfade"] < lengths["torn_paper"] < lengths["stage_change"]


def crossed(
    narrate, names: tuple[str, ...], text: str = "Every evening, old Tomas sailed out."
) -> list[tuple[Chunk, ...]]:
    told = []
    for index in range(len(names) + 1):
        entrance, exit_ = around(names, index)
        told.append(narrate(index, text).model_copy(update={"entrance": entrance, "exit": exit_}))
    return [place.chunks for place in plan(told, VideoConfig(), "A").placed]


def test_a_film_is_crossed_as_it_was_chosen(narrate) -> None:
    names = ("stage_change", "cut", "torn_paper", "crossfade")
    found = [scene[0].transition for scene in crossed(narrate, names)]
    assert [one.name if one else "cut" for one in found[1:]] == list(names)
    assert [one.frames for one in found[1:] if one] == [28, 24, 18]


def test_another_transition_changes_only_the_two_scenes_beside_it(narrate) -> None:
    one, other = (
        crossed(narrate, names)
        for names in (("crossfade",) * 4, ("crossfade", "crossfade", "stage_change", "crossfade"))
    )
    same = [[c.key for c in a] == [c.key for c in b] for a, b in zip(one, other, strict=True)]
    assert same[:2] == [True, True]
    assert not same[2]
    assert not same[3]
    assert [c.key for c in one[4][1:]] == [c.key for c in other[4][1:]]


def test_frames_of_mixed_transitions_are_all_in_one_chunk(narrate) -> None:
    told = crossed(narrate, ("stage_change", "cut", "torn_paper"))
    timeline = plan([narrate(0, "x")], VideoConfig(), "A")
    assert chunks(timeline)
    for scene in told:
        assert all(chunk.transition is None or chunk.transition.frames == chunk.frames for chunk in scene)
