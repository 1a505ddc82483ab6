"""Depth groups under the camera: steady, whole to the edge, the same whatever was drawn before."""

from __future__ import annotations

from collections import defaultdict

import cv2
import numpy as np
import pytest

from philo_render.film.camera import CLOSER, DRIFT, PULL, PUSH, STORM, Camera, view
from philo_render.film.dolly import deep_view
from philo_render.film.format import Format
from philo_render.film.layers import BrokenLayersError, packed, unpacked
from philo_render.film.parallax import Layered
from philo_render.film.planes import Planes, blank
from philo_render.film.warp import Packed
from philo_render.pictures import Layer, Layers

pytestmark = pytest.mark.heavy

HD = Format(width=640, height=360, fps=30)
SIZE = (768, 432)
MOVES = [PUSH, DRIFT, PULL, STORM, CLOSER]


def layer(name: str, depth: float, colour: int, cover: np.ndarray) -> Layer:
    """One grey where `cover` (height, width), 0..1, says."""
    rows = np.flatnonzero(cover.any(1))
    part = cover[rows[0] : rows[-1] + 1]
    light = np.dstack([np.round(colour * part)] * 3).astype(np.uint8)
    return Layer(name, depth, int(rows[0]), light, np.round(255 * (1 - part)).astype(np.uint8))


def scenery(*, colours: tuple[int, int, int] = (200, 120, 30)) -> Layers:
    """A sky, ragged peaks before it, a few blobs, and a dark foot."""
    x, y = np.meshgrid(np.arange(SIZE[0]), np.arange(SIZE[1]))
    ridge = 190 + 70 * np.abs(np.sin(x / 90)) + 12 * np.sin(x / 7)
    blobs = sum(np.clip(1.5 - np.hypot(x - place, y - 240) / 40, 0, 1) for place in (200, 430, 600))
    groups = (
        layer("sky", 0.0, colours[0], np.ones(SIZE[::-1])),
        layer("back", 0.3, colours[1], np.clip(y - ridge, 0, 1)),
        layer("heroes", 0.5, colours[1], np.clip(blobs, 0, 1)),
        layer("front", 1.0, colours[2], np.clip((y - 340 + 6 * np.sin(x / 30)) / 3, 0, 1)),
    )
    return Layers(*SIZE, 3, groups)


def filmed(layered: Layered, *moment: float) -> Planes:
    out = blank(layered.format)
    layered.draw(*moment, out)
    return out


@pytest.mark.parametrize("width", [86, 854])
def test_a_group_may_leave_a_frame_whose_width_is_no_multiple_of_eight(width: int) -> None:
    edge = (np.arange(SIZE[0]) > SIZE[0] - 40) * np.ones(SIZE[::-1])
    layers = Layers(*SIZE, 3, (layer("sky", 0.0, 200, np.ones(SIZE[::-1])), layer("front", 1.0, 30, edge)))
    format_ = Format(width=width, height=width * 9 // 32 * 2, fps=30)
    for camera in MOVES:
        layered = Layered(layers, camera, format_)
        for share in np.linspace(0, 1, 40):
            filmed(layered, float(share), 8 * float(share), 0.0)


@pytest.mark.parametrize("camera", MOVES)
@pytest.mark.parametrize("slide", [-0.03, 0.0, 0.03])
def test_no_gap_opens_at_the_frames_edges_or_between_groups(camera: Camera, slide: float) -> None:
    """Groups of one colour are one even field, however they move against one another."""
    layered = Layered(scenery(colours=(150, 150, 150)), camera, HD)
    for share in (0.0, 0.4, 1.0):
        for plane in filmed(layered, share, 8 * share, slide):
            assert int(plane.max()) - int(plane.min()) <= 5


def test_groups_of_one_depth_are_the_flat_picture() -> None:
    layers = scenery()
    groups = tuple(Layer(one.name, 1.0, one.top, one.colour, one.through) for one in layers.layers)
    deep = filmed(Layered(Layers(*SIZE, 3, groups), PUSH, HD), 0.5, 3.0, 0.0)
    flat = blank(HD)
    Packed(layers.flat(), PUSH, HD).draw(deep_view(PUSH, 1.0, 0.5, 3.0), flat)
    for one, other in zip(deep, flat, strict=True):
        wrong = np.abs(one.astype(int) - other)
        assert wrong.mean() < 0.7
        assert np.percentile(wrong, 99.5) <= 8


@pytest.mark.parametrize("depth", [0.5, 1.0])
def test_dots_move_as_steadily_as_the_camera(depth: float) -> None:
    """The centre of each dot keeps its distance from where the camera puts it, within a twentieth of a pixel."""
    chance = np.random.default_rng(5)
    centres = np.stack(np.meshgrid(np.linspace(0.25, 0.75, 6), np.linspace(0.25, 0.75, 4)), -1).reshape(-1, 2)
    centres += chance.uniform(-0.01, 0.01, centres.shape)
    across = np.exp(-((np.arange(SIZE[0]) + 0.5 - centres[:, :1] * SIZE[0]) ** 2) / 12)
    down = np.exp(-((np.arange(SIZE[1]) + 0.5 - centres[:, 1:] * SIZE[1]) ** 2) / 12)
    sky = layer("sky", 0.0, 0, np.ones(SIZE[::-1]))
    layered = Layered(Layers(*SIZE, 1, (sky, layer("dots", depth, 240, np.clip(down.T @ across, 0, 1)))), PUSH, HD)
    astray: dict[int, list[np.ndarray]] = defaultdict(list)
    for share in np.linspace(0, 1, 9):
        light = filmed(layered, float(share), 5 * float(share), 0.0).y.astype(float) - 16
        seen = deep_view(PUSH, depth, float(share), 0.0)
        for dot, (x, y) in enumerate(centres):
            at = ((x - seen.left) / seen.extent * HD.width, (y - seen.top) / seen.extent * HD.height)
            astray[dot].append(np.array(centroid(light, at)) - at)
    assert max(np.abs(where - np.mean(where, axis=0)).max() for where in astray.values()) <= 0.05


def centroid(light: np.ndarray, near: tuple[float, float]) -> tuple[float, float]:
    left, top = int(near[0]) - 10, int(near[1]) - 10
    part = light[top : top + 21, left : left + 21].clip(3) - 3
    rows, columns = np.mgrid[0:21, 0:21] + 0.5
    return left + (part * columns).sum() / part.sum(), top + (part * rows).sum() / part.sum()


def test_near_groups_travel_farther_than_far_ones() -> None:
    far, near = (deep_view(DRIFT, depth, 1.0, 0.0).left - deep_view(DRIFT, depth, 0.0, 0.0).left for depth in (0, 1))
    assert abs(near) > 1.5 * abs(far)


@pytest.mark.parametrize("camera", MOVES)
def test_the_pictures_edge_is_never_passed(camera: Camera) -> None:
    for share, depth, slide in np.random.default_rng(1).uniform((0, 0, -0.2), (1, 1, 0.2), (200, 3)):
        seen = deep_view(camera, depth, share, 9 * share, slide)
        assert 0 <= seen.left <= 1 - seen.extent
        assert 0 <= seen.top <= 1 - seen.extent
    assert deep_view(camera, 1.0, 0.0, 0.0).extent == pytest.approx(view(camera, 0.0, 0.0).extent)


def test_a_frame_is_the_same_whatever_was_drawn_before_it() -> None:
    """The far groups are kept from an even frame for the odd one after it; a worker may begin anywhere."""
    in_order = Layered(scenery(), DRIFT, HD)
    moments = [(frame / 60, frame / 30, 0.0) for frame in range(6)]
    frames = [filmed(in_order, *moment) for moment in moments]
    for moment, frame in reversed(list(zip(moments, frames, strict=True))):
        fresh = filmed(Layered(scenery(), DRIFT, HD), *moment)
        assert all(np.array_equal(one, other) for one, other in zip(frame, fresh, strict=True))


@pytest.mark.parametrize("size", [(854, 480), (480, 854), (50, 38)])
def test_any_frame_is_filled_to_its_edge(size: tuple[int, int]) -> None:
    format_ = Format(width=size[0], height=size[1], fps=24)
    out = filmed(Layered(scenery(colours=(255, 255, 255)), PUSH, format_), 0.3, 1.0, 0.0)
    assert int(out.y.min()) >= 230


def test_groups_survive_as_bytes() -> None:
    layers = scenery()
    again = unpacked(packed(layers))
    assert (again.width, again.height, again.seed, again.life) == (*SIZE, 3, ())
    for one, other in zip(layers.layers, again.layers, strict=True):
        assert (one.name, one.depth, one.top) == (other.name, other.depth, other.top)
        assert np.array_equal(one.through, other.through)
        assert np.abs(one.colour.astype(int) - other.colour).mean() < 1


@pytest.mark.parametrize("harm", ["cut", "bit", "other", "empty"])
def test_damaged_bytes_are_refused_in_words(harm: str) -> None:
    data = packed(scenery())
    flipped = bytearray(data)
    flipped[len(data) // 2] ^= 4
    broken = {"cut": data[:-20], "bit": bytes(flipped), "other": b"\xff\xd8 a JPEG", "empty": b""}[harm]
    with pytest.raises(BrokenLayersError, match="draw it again"):
        unpacked(broken)


def test_what_no_group_hides_is_seen_through_the_gaps() -> None:
    frame = filmed(Layered(scenery(), PUSH, HD), 0.5, 2.0, 0.0).y
    sky, foot = frame[10, 320], frame[-10, 320]
    assert abs(int(sky) - (16 + 200 * 219 / 255)) <= 2
    assert abs(int(foot) - (16 + 30 * 219 / 255)) <= 2
    assert cv2.countNonZero((np.abs(frame.astype(int) - (16 + 120 * 219 / 255)) < 3).astype(np.uint8)) > 20000
