"""The packed warp is as true and as steady as warping the plane itself."""

from __future__ import annotations

from collections import defaultdict

import cv2
import numpy as np
import pytest

from philo_contracts.shapes import Mood
from philo_render.film.camera import camera_for, view
from philo_render.film.format import Format
from philo_render.film.planes import blank, covering, from_bgr
from philo_render.film.warp import Packed

HD = Format(width=640, height=360, fps=30)


def dots() -> tuple[np.ndarray, np.ndarray]:
    """Soft white dots on black, and their centres (x, y) as shares of the picture."""
    chance = np.random.default_rng(5)
    centres = np.stack(np.meshgrid(np.linspace(0.3, 0.7, 6), np.linspace(0.3, 0.7, 4)), -1).reshape(-1, 2)
    centres += chance.uniform(-0.01, 0.01, centres.shape)
    across = np.exp(-((np.arange(1536) + 0.5 - centres[:, :1] * 1536) ** 2) / 40)
    down = np.exp(-((np.arange(864) + 0.5 - centres[:, 1:] * 864) ** 2) / 40)
    picture = (220 * down.T @ across).clip(0, 255).astype(np.uint8)
    return np.dstack([picture] * 3), centres


@pytest.mark.parametrize("closer", [False, True])
def test_dots_move_as_steadily_as_the_camera(closer: bool) -> None:
    """Each dot keeps its distance from where the camera puts it, within a twelfth of a pixel."""
    picture, centres = dots()
    camera = camera_for(Mood.CALM, "a", (0.5, 0.5), 6.0, framing=int(closer))
    packed, out = Packed(picture, camera, HD), blank(HD)
    astray: dict[int, list[np.ndarray]] = defaultdict(list)
    for share in np.linspace(0, 1, 6):
        seen = view(camera, float(share), 0.0)
        packed.draw(seen, out)
        light = out.y.astype(float) - 16
        for dot, (x, y) in enumerate(centres):
            at = ((x - seen.left) / seen.extent * HD.width, (y - seen.top) / seen.extent * HD.height)
            if 12 < at[0] < HD.width - 12 and 12 < at[1] < HD.height - 12:
                astray[dot].append(np.array(centroid(light, at)) - at)
    assert len(astray) > 6
    assert all(np.std(where, axis=0).max() < 1 / 12 for where in astray.values())


def centroid(light: np.ndarray, near: tuple[float, float]) -> tuple[float, float]:
    left, top = int(near[0]) - 10, int(near[1]) - 10
    part = light[top : top + 21, left : left + 21]
    rows, columns = np.mgrid[0:21, 0:21] + 0.5
    return left + (part * columns).sum() / part.sum(), top + (part * rows).sum() / part.sum()


def test_no_comb_shows_between_the_four_interleaved_columns() -> None:
    chance = np.random.default_rng(1)
    picture = cv2.GaussianBlur(chance.integers(0, 255, (864, 1536, 3)).astype(np.uint8), (0, 0), 3)
    picture = cv2.normalize(picture, None, 0, 255, cv2.NORM_MINMAX)
    camera = camera_for(Mood.CALM, "a", (0.5, 0.5), 12.0)
    packed, out = Packed(picture, camera, HD), blank(HD)
    source = from_bgr(covering(picture, packed.width, packed.height, camera.focus)).y
    for share in (0.0, 0.5, 1.0):
        seen = view(camera, share, 0.0)
        packed.draw(seen, out)
        step_x, step_y = seen.extent * packed.width / 640, seen.extent * packed.height / 360
        offsets = (seen.left * packed.width + step_x / 2 - 0.5, seen.top * packed.height + step_y / 2 - 0.5)
        affine = np.array([[step_x, 0, offsets[0]], [0, step_y, offsets[1]]])
        plain = cv2.warpAffine(source, affine, (640, 360), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        wrong = np.abs(out.y.astype(float) - plain).reshape(360, 160, 4).mean(axis=(0, 1))
        assert wrong.max() < 2.5


@pytest.mark.parametrize("size", [(854, 480), (480, 854), (50, 38)])
def test_widths_that_are_not_a_multiple_of_four_are_filled_to_the_edge(size: tuple[int, int]) -> None:
    format_ = Format(width=size[0], height=size[1], fps=24)
    camera = camera_for(Mood.CALM, "a", (0.5, 0.5), 5.0)
    out = blank(format_)
    Packed(np.full((100, 160, 3), 255, np.uint8), camera, format_).draw(view(camera, 0.3, 0.0), out)
    assert all(int(plane.min()) == int(plane.max()) for plane in out)
    assert out.y.min() == 235
