"""The moving pictures of a chunk: the shot that is on, and the transition into it."""

from __future__ import annotations

from philo_render.film import transitions
from philo_render.film.camera import View, smooth, view
from philo_render.film.chunk import Chunk, Shot
from philo_render.film.crossings import DRIFTING
from philo_render.film.dolly import deep_view
from philo_render.film.planes import Planes, blank
from philo_render.film.scenery import Sources, Stock
from philo_render.film.zooming import zoom

SLIDE = 0.024
"""Share of the width by which both pictures drift the same way while one becomes the other."""
MIDDLE = 0.5
"""Depth at which heroes stand."""


class Reel:
    """Fills every frame; all else of a chunk is drawn over it."""

    def __init__(self, chunk: Chunk, sources: Sources, stock: Stock) -> None:
        self.chunk, self.sources, self.stock, self.format = chunk, sources, stock, chunk.format
        self.former = blank(self.format)

    def draw(self, out: Planes, frame: int) -> None:
        crossing, shot, former = self.chunk.transition, self.chunk.shot_at(frame), self.chunk.former_at(frame)
        if crossing and frame < crossing.frames:
            share = smooth((frame + 1) / (crossing.frames + 1))
            self._cross(crossing.name, (crossing.outgoing, shot), out, frame, share)
        elif former:
            self._reframe(former, shot, out, frame)
        else:
            self.film(shot, out, frame)

    def _cross(self, name: str, shots: tuple[Shot, Shot], out: Planes, frame: int, share: float) -> None:
        slide = SLIDE if name in DRIFTING else 0.0
        self.film(shots[1], out, frame, slide * (1.0 - share))
        self.film(shots[0], self.former, frame, -slide * share)
        transitions.named(name)(out, self.former, share)

    def _reframe(self, former: Shot, shot: Shot, out: Planes, frame: int) -> None:
        self.film(shot, out, frame)
        self.film(former, self.former, frame)
        share = smooth((frame - shot.first_frame + 1) / (shot.blend + 1))
        zoom(out, self.former, (self._seen(former, frame), self._seen(shot, frame)), share)

    def _seen(self, shot: Shot, frame: int) -> View:
        """By the middle of the picture, where it has depth."""
        share, seconds = self._moment(shot, frame)
        if shot.material.kind == "layers":
            return deep_view(shot.camera, MIDDLE, share, seconds)
        return view(shot.camera, share, seconds)

    def film(self, shot: Shot, out: Planes, frame: int, slide: float = 0.0) -> None:
        """What one shot shows in a frame, which need not be one of this chunk."""
        share, seconds = self._moment(shot, frame)
        self.stock.ready(shot, self.sources, self.format).draw(share, seconds, slide, out)

    def _moment(self, shot: Shot, frame: int) -> tuple[float, float]:
        """Share of a shot's move that is done, and seconds since it began."""
        return (frame - shot.first_frame) / max(1, shot.frames - 1), self.format.seconds(frame - shot.first_frame)

    def still(self, shot: Shot, frame: int) -> Planes:
        """Such a frame by itself, valid until the next is asked for."""
        self.film(shot, self.former, frame)
        return self.former
