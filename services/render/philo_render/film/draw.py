"""Draws a segment's frames into planes, and hands each to the encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import av
import numpy as np

from philo_render.film.camera import smooth, view
from philo_render.film.cards import Ending, Title, sky_of
from philo_render.film.cues import Cue
from philo_render.film.encode import Encoder
from philo_render.film.faults import MissingPictureError
from philo_render.film.planes import U8, Planes, blank, planes_of
from philo_render.film.raster import mix
from philo_render.film.segment import Segment, Shot
from philo_render.film.subtitle import FOOT, Block
from philo_render.film.warp import Packed

SLIDE = 0.024
"""Share of the width by which both pictures drift the same way while they dissolve."""

Progress = Callable[[int, int], None]


def draw_segment(segment: Segment, pictures: Mapping[str, U8], *, progress: Progress | None = None) -> bytes:
    """The segment's frames, drawn and encoded: packets in the format of `philo_render.film.packets`.

    `pictures` maps content keys to BGR arrays (height, width, 3) of any size; MissingPictureError names an absent one.
    `progress` is called with (frames done, frames in all) after every frame. Equal segments give equal bytes.
    """
    encoder = Encoder(segment.format)
    painter = Painter(segment, pictures)
    for frame in range(segment.frames):
        painter.paint(encoder.canvas(frame), frame)
        encoder.add(frame)
        if progress is not None:
            progress(frame + 1, segment.frames)
    return encoder.finish(segment.key)


class Painter:
    """Paints any frame of one segment. Holds at most two packed pictures and one cue at a time."""

    def __init__(self, segment: Segment, pictures: Mapping[str, U8]) -> None:
        self.segment, self.pictures, self.format = segment, pictures, segment.format
        for key in segment.pictures:
            if key not in pictures:
                raise MissingPictureError(key)
        self.spare = blank(self.format)
        self.packed: dict[Shot, Packed] = {}
        self.block: Block | None = None
        self.veils: dict[Shot, float] = {}
        self.title = self._title()
        self.ending = Ending(segment.ending, self.format) if segment.ending else None

    def paint(self, out: Planes, frame: int) -> None:
        """Fill the planes with what the segment shows in `frame`."""
        self._picture(out, frame)
        if self.title and frame < self.title.card.end_frame + self.format.frames(0.1):
            self.title.draw(out, frame)
        if self.ending and frame >= self.ending.card.first_frame:
            self.ending.draw(out, frame)
        cue = self._cue(frame)
        if cue is not None:
            self._subtitle(cue, out, frame)

    def _picture(self, out: Planes, frame: int) -> None:
        crossing = self.segment.transition
        shot = self.segment.shot_at(frame)
        if crossing is None or frame >= crossing.frames:
            self._film(shot, out, frame, 0.0)
            return
        share = smooth((frame + 1) / (crossing.frames + 1))
        self._film(shot, out, frame, SLIDE * (1.0 - share))
        self._film(crossing.outgoing, self.spare, frame, -SLIDE * share)
        mix(out, self.spare, share)

    def _film(self, shot: Shot, out: Planes, frame: int, slide: float) -> None:
        share = (frame - shot.first_frame) / max(1, shot.frames - 1)
        seconds = self.format.seconds(frame - shot.first_frame)
        self._pack(shot).draw(view(shot.camera, share, seconds, slide), out)

    def _pack(self, shot: Shot) -> Packed:
        if shot not in self.packed:
            while len(self.packed) > 1:
                del self.packed[next(iter(self.packed))]
            self.packed[shot] = Packed(self.pictures[shot.picture], shot.camera, self.format)
        return self.packed[shot]

    def _title(self) -> Title | None:
        card = self.segment.title
        if card is None:
            return None
        self._film(self.segment.shots[0], self.spare, card.end_frame // 2, 0.0)
        return Title(card, self.format, sky_of(self.spare, self.format))

    def _cue(self, frame: int) -> Cue | None:
        return next((cue for cue in self.segment.cues if cue.first_frame <= frame < cue.end_frame), None)

    def _subtitle(self, cue: Cue, out: Planes, frame: int) -> None:
        if self.block is None or self.block.cue is not cue:
            self.block = Block(cue, self.format, veil=self._veil(self.segment.shot_at(frame)))
        self.block.draw(out, frame, highlight=self.segment.highlight == "word")

    def _veil(self, shot: Shot) -> float:
        """How much scrim white letters need on this shot: by the brighter part of what lies behind them half-way."""
        if shot not in self.veils:
            self._film(shot, self.spare, shot.first_frame + shot.frames // 2, 0.0)
            foot = FOOT[self.format.shape]
            height, width = self.format.height, self.format.width
            behind = self.spare.y[int((foot - 0.13) * height) : int(foot * height), width // 4 : 3 * width // 4]
            light = float(np.percentile(behind, 85))
            self.veils[shot] = min(0.52, max(0.0, (light - 70.0) / 110.0))
        return self.veils[shot]


def stills(segment: Segment, pictures: Mapping[str, U8], wanted: Iterable[int]) -> Iterator[av.VideoFrame]:
    """Single frames of a segment, unencoded; each is valid until the next is asked for."""
    painter = Painter(segment, pictures)
    frame = av.VideoFrame(segment.format.width, segment.format.height, "yuv420p")
    for number in wanted:
        painter.paint(planes_of(frame), number)
        yield frame
