"""A picture in depth groups under a moving camera: near groups travel farther and grow faster than far ones.

Every group is warped on its own by the packed warp and laid over what is behind it, but only in the rectangles where
it shows; where it hides everything it is drawn without blending, and what it hides for the whole shot is not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import cv2
import numpy as np

from philo_render.film.camera import Camera, View
from philo_render.film.cover import Rect, Tiles
from philo_render.film.dolly import deep_view
from philo_render.film.format import Format
from philo_render.film.life import drawables, drift_of, farthest
from philo_render.film.life.stars import Stars
from philo_render.film.planes import U8, Planes, blank
from philo_render.film.sheet import TILE, Sheet, Source, sheet, shows, source
from philo_render.film.warp import SHARPNESS, WARP
from philo_render.pictures.layers import Layers

_SLIDE = 0.03
"""The farthest that a transition moves a picture aside, a share of the width."""

_FAR = 0.15
"""Groups up to this depth move less than half a pixel a frame: they are drawn fifteen times a second."""

_RUN = 64
"""Pixels that the warp writes in one run; what is left of a row it writes singly, ten times slower."""


class Layered:
    """A picture in depth groups, ready to be filmed by one camera."""

    def __init__(self, layers: Layers, camera: Camera, format_: Format) -> None:
        # never enlarged: edges would ring in light and transmittance apart
        own = min(layers.width / format_.width, layers.height / format_.height)
        scale = min(own, SHARPNESS * camera.scale / 1.06)
        self.width = round(format_.width * scale / 2) * 2
        self.height = round(format_.height * scale / 2) * 2
        self.camera, self.format = camera, format_
        size = (self.width, self.height)
        sources = [source(layer, layers.height, size, camera.focus) for layer in layers.layers]
        self.sheets = self._sheets(sources)
        self.far = sum(one.depth <= _FAR for one in self.sheets)
        self.hold = max(1, format_.fps // 15) if self.far else 1
        self.kept, self.copy = -1, blank(format_)
        self.stars = Stars(layers.stars, format_, layers.seed)
        self.life = drawables(layers.life, format_, layers.seed)
        self.scratch = np.empty((2, (format_.width + _RUN) * format_.height), np.uint8)

    @property
    def nbytes(self) -> int:
        """Bytes held, to bound a store of packed pictures by."""
        own = self.scratch.nbytes + sum(plane.nbytes for plane in self.copy)
        return own + sum(one.nbytes for one in self.sheets)

    def draw(self, share: float, seconds: float, slide: float, out: Planes) -> None:
        """Fill the whole frame: `share` of the camera's move is done, `seconds` after the shot's first frame.

        Both grow evenly from 0. The frame is the same whatever was drawn before it.
        """
        frame = round(seconds * self.format.fps)
        since = frame % self.hold if slide == 0.0 else 0
        kept = (frame - since) / frame if since else 1.0
        if not (since and self._restored(frame - since, out)):
            self._paint(self.sheets[: self.far], round(share * kept, 9), round(seconds * kept, 9), slide, out)
            if slide == 0.0 and self.hold > 1:
                self._keep(frame - since, out)
        self._paint(self.sheets[self.far :], share, seconds, slide, out)
        for detail in self.life:
            detail.draw(out, seconds)

    def _paint(self, sheets: Sequence[Sheet], share: float, seconds: float, slide: float, out: Planes) -> None:
        for one in sheets:
            seen = deep_view(self.camera, one.depth, share, seconds, slide, drift_of(one.name, seconds))
            for rect in one.drawn:
                self._draw(one, seen, self._place(rect, seen), out)
            for rect in one.blended:
                self._blend(one, seen, self._place(rect, seen), out)
            if one is self.sheets[0]:
                self.stars.draw(out, seconds, seen)

    def _keep(self, frame: int, out: Planes) -> None:
        self.kept = frame
        for plane, copy in zip(out, self.copy, strict=True):
            np.copyto(copy, plane)

    def _restored(self, frame: int, out: Planes) -> bool:
        if self.kept != frame:
            return False
        for plane, copy in zip(out, self.copy, strict=True):
            np.copyto(plane, copy)
        return True

    def _sheets(self, sources: list[Source]) -> tuple[Sheet, ...]:
        """From the front to the back, so that each group knows what is hidden for the whole shot."""
        made: list[Sheet] = []
        hidden: list[tuple[Source, Tiles]] = []
        for group in reversed(sources):
            seen, solid = shows(group.through)
            behind = np.zeros_like(seen)
            for nearer, tiles in hidden:
                behind |= _always(tiles, self._astray(group, nearer))
            hidden.append((group, solid))
            seen &= ~behind
            if seen.any():
                step = deep_view(self.camera, group.depth, 0.5, 0.0).extent * self.width / self.format.width
                made.append(sheet(group, step, seen, solid | behind))
        return tuple(reversed(made))

    def _astray(self, far: Source, near: Source) -> tuple[int, int]:
        """Tiles across and down by which two groups come apart during the shot, at most."""
        apart = [sum(farthest(one.name)[axis] for one in (far, near)) for axis in (0, 1)]
        own = list(apart)
        for share, slide in product((0.0, 0.5, 1.0), (-_SLIDE, 0.0, _SLIDE)):
            one, other = (deep_view(self.camera, group.depth, share, 0.0, slide) for group in (far, near))
            for place in (0.0, 1.0):
                gap = place * (one.extent - other.extent)
                apart[0] = max(apart[0], own[0] + abs(one.left - other.left + gap))
                apart[1] = max(apart[1], own[1] + abs(one.top - other.top + gap))
        unrest = 0.004 * self.camera.sway
        across = (apart[0] + unrest) * self.width / TILE
        return int(np.ceil(across)) + 1, int(np.ceil(apart[1] * self.height / TILE)) + 1

    def _place(self, rect: Rect, seen: View) -> Rect:
        """Where a rectangle of tiles comes to lie in the frame, pixels; edges that touch there touch here."""
        x, y = self.width / self.format.width * seen.extent, self.height / self.format.height * seen.extent
        left, right = ((edge * TILE - seen.left * self.width) / x for edge in (rect.left, rect.right))
        top, end = ((edge * TILE - seen.top * self.height) / y for edge in (rect.top, rect.end))
        wide, tall = self.format.width, self.format.height
        return Rect(
            0 if rect.top == 0 else min(tall, max(0, round(top / 2) * 2)),
            0 if rect.left == 0 else min(wide, max(0, round(left / 8) * 8)),
            tall if rect.end * TILE >= self.height else min(tall, max(0, round(end / 2) * 2)),
            wide if rect.right * TILE >= self.width else min(wide, max(0, round(right / 8) * 8)),
        )

    def _draw(self, one: Sheet, seen: View, place: Rect, out: Planes) -> None:
        for source_, target, half in zip(one.planes, out, (1, 2, 2), strict=True):
            part = _part(target, place, half, self.format)
            if part.size:
                self._warp(source_, one.top // half, seen, place, part, half)

    def _blend(self, one: Sheet, seen: View, place: Rect, out: Planes) -> None:
        assert one.through is not None and one.through_half is not None  # noqa: PT018
        for source_, target, half in zip(one.planes, out, (1, 2, 2), strict=True):
            part = _part(target, place, half, self.format)
            if not part.size:
                continue
            height, width = part.shape
            run = -(-width // _RUN) * _RUN
            light, lets = (flat[: height * run].reshape(height, run) for flat in self.scratch)
            self._warp(source_, one.top // half, seen, place, light, half)
            if target is not out.v:  # U and V are let through alike
                self._warp(one.through if half == 1 else one.through_half, one.top // half, seen, place, lets, half)
            cv2.multiply(part, lets[:, :width], dst=part, scale=1 / 255)
            cv2.add(part, light[:, :width], dst=part)

    def _warp(self, packed: U8, top: int, seen: View, place: Rect, target: U8, half: int) -> None:
        """Write the part of a plane that is seen at `place`; `packed` begins at row `top` of its plane."""
        x = seen.extent * self.width / self.format.width
        y = seen.extent * self.height / self.format.height
        left = seen.left * self.width / half + x * (place.left // half)
        above = seen.top * self.height / half + y * (place.top // half) - top
        height, width = target.shape
        cv2.warpAffine(
            packed,
            np.array([[4 * x, 0, left + 2 * x - 0.5], [0, y, above + 0.5 * y - 0.5]]),
            (width // 4, height),
            dst=target.reshape(height, width // 4, 4),
            flags=WARP,
            borderMode=cv2.BORDER_REPLICATE,
            hint=cv2.ALGO_HINT_APPROX,
        )


def _part(plane: U8, place: Rect, half: int, format_: Format) -> U8:
    """The rectangle of a plane; at the right edge with the plane's own padding."""
    right = plane.shape[1] if place.right >= format_.width else place.right // half
    return plane[place.top // half : place.end // half, place.left // half : right]


def _always(tiles: Tiles, astray: tuple[int, int]) -> Tiles:
    """Tiles that stay inside the given ones when these move `astray` (across, down); the picture's edges do not end."""
    kernel = np.ones((2 * astray[1] + 1, 2 * astray[0] + 1), np.uint8)
    return np.asarray(cv2.erode(tiles.astype(np.uint8), kernel, borderValue=1) > 0)
