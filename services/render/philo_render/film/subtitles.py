"""The subtitles of a chunk: the cue that is on, on a scrim as strong as its ground needs."""

from __future__ import annotations

import numpy as np

from philo_render.film.chunk import Chunk, Shot
from philo_render.film.cues import Cue
from philo_render.film.fonts import Face
from philo_render.film.planes import Planes
from philo_render.film.reel import Reel
from philo_render.film.subtitle import FOOT, Block

BRIGHT, STRONGEST = 70.0, 0.52
"""From this luma on white letters need a scrim, up to this strength."""


class Subtitles:
    """Holds one drawn cue at a time."""

    def __init__(self, chunk: Chunk, reel: Reel, face: Face | None = None) -> None:
        self.chunk, self.reel, self.format, self.face = chunk, reel, chunk.format, face
        self.block: Block | None = None
        self.veils: dict[Shot, float] = {}

    def draw(self, out: Planes, frame: int) -> None:
        cue = self._on(frame)
        if cue is None:
            return
        if self.block is None or self.block.cue is not cue:
            middle = (max(0, cue.first_frame) + min(self.chunk.frames, cue.end_frame)) // 2
            self.block = Block(cue, self.format, veil=self._veil(self.chunk.shot_at(middle)), face=self.face)
        self.block.draw(out, frame, highlight=self.chunk.highlight == "word")

    def _on(self, frame: int) -> Cue | None:
        return next((cue for cue in self.chunk.cues if cue.first_frame <= frame < cue.end_frame), None)

    def _veil(self, shot: Shot) -> float:
        """By the brighter part of what lies behind the words half-way through the shot."""
        if shot not in self.veils:
            behind = self.reel.still(shot, shot.first_frame + shot.frames // 2).y
            foot, height, width = FOOT[self.format.shape], self.format.height, self.format.width
            place = behind[int((foot - 0.13) * height) : int(foot * height), width // 4 : 3 * width // 4]
            light = float(np.percentile(place, 85))
            self.veils[shot] = min(STRONGEST, max(0.0, (light - BRIGHT) / 110.0))
        return self.veils[shot]
