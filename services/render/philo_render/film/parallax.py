"""A picture in depth groups under a moving camera: near groups travel farther and grow faster than far ones.

Every group is warped on its own by the packed warp and laid over what is behind it, but only in the rectangles where
it shows; where it hides everything it is drawn without blending, and what it hides for the whole shot is not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import cv2
import numpy as np

from philo_render.film.building import on_its_way, way_of
from philo_render.film.camera import Camera, View
from philo_render.film.cover import Rect, Tiles
from philo_render.film.dolly import deep_view
from philo_render.film.format import Format
from philo_render.film.life import drawables, drift_of, farthest
from philo_render.film.life.stars import Stars
from philo_render.film.planes import U8, Planes, blank
from philo_render.film.sheet import TILE, Sheet, Source, sheet, shows, source
from philo_render.film.warp import SHARPNESS
from philo_render.film.window import RUN, Window
from philo_render.pictures.layers import Layers

_SLIDE = 0.03
"""The farthest that a transition moves a picture aside, a share of the width."""

_FAR = 0.2
"""Groups up to this depth move less than half a pixel a frame."""

_HELD = 15
"""How often a second far groups, and the colours of all, are drawn: their light is what the eye follows."""


class Moment(NamedTuple):
    """What `Layered.draw` is told."""

    share: float
    seconds: float
    slide: float


class Layered:
    """A picture in depth groups, ready to be filmed by one camera; `built` while it is filmed."""

    def __init__(self, layers: Layers, camera: Camera, format_: Format, *, built: bool = False) -> None:
        # never enlarged: edges would ring in light and transmittance apart
        own = min(layers.width / format_.width, layers.height / format_.height)
        scale = min(own, SHARPNESS * camera.scale / 1.06)
        self.width = round(format_.width * scale / 2) * 2
        self.height = round(format_.height * scale / 2) * 2
        self.camera, self.format, self.built = camera, format_, built
        size = (self.width, self.height)
        sources = [source(layer, layers.height, size, camera.focus) for layer in layers.layers]
        self.ways = {(one.name, one.depth): way_of(one.depth, one.through) for one in sources} if built else {}
        self.sheets = self._sheets(sources)
        self.far = sum(one.depth <= _FAR for one in self.sheets)
        self.hold = max(1, format_.fps // _HELD)
        self.kept, self.copy = -1, blank(format_)
        self.stars = Stars(layers.stars, format_, layers.seed)
        self.life = drawables(layers.life, format_, layers.seed)
        room = (format_.width + RUN) * format_.height
        self.scratch = np.empty(room, np.uint8), np.empty(room, np.uint8)

    @property
    def nbytes(self) -> int:
        """Bytes held, to bound a store of packed pictures by."""
        own = sum(plane.nbytes for plane in (*self.scratch, *self.copy))
        return own + sum(one.nbytes for one in self.sheets)

    def draw(self, share: float, seconds: float, slide: float, out: Planes) -> None:
        """Fill the whole frame: `share` of the camera's move is done, `seconds` after the shot's first frame.

        Both grow evenly from 0. The frame is the same whatever was drawn before it.
        """
        now = Moment(share, seconds, slide)
        frame, then = self._held(now)
        if frame >= 0 and frame == self.kept:
            _copy(self.copy, out)
        else:
            self._luma(self.sheets[: self.far], then, out.y)
            self._chroma(then, out)
            self._keep(frame, out)
        self._luma(self.sheets[self.far :], now, out.y)
        for detail in self.life:
            detail.draw(out, seconds)

    def _keep(self, frame: int, out: Planes) -> None:
        self.kept = frame
        if frame >= 0:
            _copy(out, self.copy)

    def _held(self, now: Moment) -> tuple[int, Moment]:
        """The frame, and its moment, that far groups and colours are shown at; -1 when nothing is held."""
        if self.hold == 1 or now.slide != 0.0 or self.built:
            return -1, now
        frame = round(now.seconds * self.format.fps)
        first = frame - frame % self.hold
        kept = first / frame if frame else 1.0
        return first, Moment(round(now.share * kept, 9), round(now.seconds * kept, 9), 0.0)

    def _luma(self, sheets: Sequence[Sheet], moment: Moment, out: U8) -> None:
        for one in sheets:
            seen = self._seen(one, moment)
            window = self._window(one, seen, 1)
            for rect in one.drawn:
                window.draw(one.planes.y, self._place(rect, seen), out)
            if one.through is not None:
                for rect in one.blended:
                    window.blend((one.planes.y,), one.through, self._place(rect, seen), (out,), self.scratch)
            if one is self.sheets[0]:
                self.stars.draw(out, moment.seconds, seen)

    def _chroma(self, moment: Moment, out: Planes) -> None:
        for one in self.sheets:
            seen = self._seen(one, moment)
            window = self._window(one, seen, 2)
            for rect in one.drawn:
                place = self._place(rect, seen)
                window.draw(one.planes.u, place, out.u)
                window.draw(one.planes.v, place, out.v)
            if one.through_half is not None:
                for rect in one.blended:
                    window.blend(one.planes[1:], one.through_half, self._place(rect, seen), out[1:], self.scratch)

    def _seen(self, one: Sheet, moment: Moment) -> View:
        seen = deep_view(self.camera, one.depth, *moment, drift_of(one.name, moment.seconds))
        return on_its_way(seen, self.ways[one.name, one.depth], one.depth, moment.seconds) if self.built else seen

    def _window(self, one: Sheet, seen: View, half: int) -> Window:
        across, down = self.width / self.format.width, self.height / self.format.height
        above = seen.top * self.height / half - one.top // half
        left = seen.left * self.width / half
        return Window(half, self.format.width, seen.extent * across, seen.extent * down, left, above)

    def _sheets(self, sources: list[Source]) -> tuple[Sheet, ...]:
        """From the front to the back, so that each group knows what is hidden for the whole shot: nothing while built."""
        made: list[Sheet] = []
        hidden: list[tuple[Source, Tiles]] = []
        for group in reversed(sources):
            seen, solid = shows(group.through)
            behind = np.zeros_like(seen)
            for nearer, tiles in () if self.built else hidden:
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
        above = 0 if rect.top == 0 else min(tall, max(0, round(top / 2) * 2))
        below = tall if rect.end * TILE >= self.height else min(tall, max(0, round(end / 2) * 2))
        before = 0 if rect.left == 0 else min(wide, max(0, round(left / 8) * 8))
        behind = wide if rect.right * TILE >= self.width else min(wide, max(0, round(right / 8) * 8))
        if before == wide:  # outside, and no whole four pixels of chroma are left where the width is no multiple of 8
            return Rect(above, 0, above, 0)
        return Rect(above, before, below, behind)


def _copy(one: Planes, other: Planes) -> None:
    for source_, target in zip(one, other, strict=True):
        np.copyto(target, source_)


def _always(tiles: Tiles, astray: tuple[int, int]) -> Tiles:
    """Tiles that stay inside the given ones when these move `astray` (across, down); the picture's edges do not end."""
    kernel = np.ones((2 * astray[1] + 1, 2 * astray[0] + 1), np.uint8)
    return np.asarray(cv2.erode(tiles.astype(np.uint8), kernel, borderValue=1) > 0)
