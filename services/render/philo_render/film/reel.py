"""The moving pictures of a chunk: the shot that is on, and the transition into it."""

from __future__ import annotations

from philo_render.film import transitions
from philo_render.film.camera import smooth
from philo_render.film.chunk import Chunk, Shot
from philo_render.film.crossings import DRIFTING
from philo_render.film.planes import Planes, blank
from philo_render.film.scenery import Sources, Stock

SLIDE = 0.024
"""Share of the width by which both pictures drift the same way while one becomes the other."""
REFRAMING = "crossfade"
"""Within a scene nothing else will do: the place is the same."""


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
            share = smooth((frame - shot.first_frame + 1) / (shot.blend + 1))
            self._cross(REFRAMING, (former, shot), out, frame, share)
        else:
            self.film(shot, out, frame)

    def _cross(self, name: str, shots: tuple[Shot, Shot], out: Planes, frame: int, share: float) -> None:
        slide = SLIDE if name in DRIFTING else 0.0
        self.film(shots[1], out, frame, slide * (1.0 - share))
        self.film(shots[0], self.former, frame, -slide * share)
        transitions.named(name)(out, self.former, share)

    def film(self, shot: Shot, out: Planes, frame: int, slide: float = 0.0) -> None:
        """What one shot shows in a frame, which need not be one of this chunk."""
        share = (frame - shot.first_frame) / max(1, shot.frames - 1)
        seconds = self.format.seconds(frame - shot.first_frame)
        self.stock.ready(shot, self.sources, self.format).draw(share, seconds, slide, out)

    def still(self, shot: Shot, frame: int) -> Planes:
        """Such a frame by itself, valid until the next is asked for."""
        self.film(shot, self.former, frame)
        return self.former
