"""A track laid out over a length: which part of it sounds when, and how the parts pass into each other."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.rate import RATE
from philo_tts.music.tracks.seams import Seam

FADE_IN, FADE_OUT = RATE // 50, 4 * RATE
REST = RATE
"""Frames of silence that a track's own ending may leave before the end."""
BLOCK = 10 * RATE


class Passage(NamedTuple):
    """Frames of the track from `source` on, heard from `at` on; frames of rising at its beginning and falling at its end."""

    source: int
    at: int
    frames: int
    rise: int
    fall: int

    def gains(self, start: int, end: int) -> NDArray[np.float32]:
        """Factors for the frames of the piece from start to end: of equal power where passages meet."""
        here = np.arange(start - self.at, end - self.at, dtype=np.float32) + np.float32(0.5)
        found = np.ones(end - start, np.float32)
        if self.rise and here[0] < self.rise:
            found *= np.sin(np.clip(here / self.rise, 0, 1) * np.float32(np.pi / 2))
        if self.fall and here[-1] > self.frames - self.fall:
            found *= np.sin(np.clip((self.frames - here) / self.fall, 0, 1) * np.float32(np.pi / 2))
        return found


def passages(track: int, frames: int, seam: Seam) -> list[Passage]:
    """A track of so many frames over a piece of `frames`, turned back at its seam as often as it must."""
    found, at, source, rise = list[Passage](), 0, 0, 0
    while frames - at > track - source + REST:
        found.append(Passage(source, at, seam.end - source, rise, seam.fade))
        at += seam.end - source - seam.fade
        source, rise = seam.start - seam.fade, seam.fade
    return [*found, Passage(source, at, min(track - source, frames - at), rise, 0)]


def laid_out(track: Wave, plan: list[Passage], frames: int) -> Iterator[Wave]:
    """The piece (2, frames) in blocks, faded at both ends."""
    for start in range(0, frames, BLOCK):
        end = min(frames, start + BLOCK)
        block = np.zeros((2, end - start), np.float32)
        for passage in plan:
            first, last = max(start, passage.at), min(end, passage.at + passage.frames)
            if first < last:
                here = passage.source - passage.at
                heard = track[:, here + first : here + last] * passage.gains(first, last)
                block[:, first - start : last - start] += heard
        yield block * _ends(start, end, frames)


def _ends(start: int, end: int, frames: int) -> NDArray[np.float32]:
    here = np.arange(start, end, dtype=np.float32) + np.float32(0.5)
    fade = min(FADE_OUT, frames // 4)
    out = np.sin(np.clip((frames - here) / np.float32(fade), 0, 1) * np.float32(np.pi / 2)) ** 2
    return np.asarray(out * np.clip(here / np.float32(min(FADE_IN, fade)), 0, 1), np.float32)
