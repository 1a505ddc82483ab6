"""Where a track can be turned back to an earlier moment so that nobody notices."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.rate import RATE
from philo_tts.music.tracks.alignment import aligned
from philo_tts.music.tracks.bars import Turn, best_turn
from philo_tts.music.tracks.beats import beats
from philo_tts.music.tracks.features import HOP, features

BEFORE_THE_BEAT = RATE // 100
"""A seam lies a little before the beat: its attack comes whole from the music that goes on."""
SAME, OTHER = RATE * 3 // 100, RATE * 9 // 100
"""Frames of the crossfade where both sides are the same sound, and where they are not."""
LONG_FADE = 3 * RATE
LEVEL_STEP = RATE
STILL_THE_BODY = 0.5
"""Of the median amplitude: from the last second as loud as this on, the track is ending."""


@dataclass(frozen=True, slots=True)
class Seam:
    """Frame `end` of the track is followed by frame `start`; before it, both are heard for `fade` frames."""

    start: int
    end: int
    fade: int
    kind: Literal["bars", "crossfade"]
    tempo: float | None = None


def body(track: Wave) -> int:
    """Frames before a track fades out or ends."""
    seconds = track.shape[1] // LEVEL_STEP
    if seconds < 4:
        return int(track.shape[1])
    levels = np.sqrt(np.square(track[:, : seconds * LEVEL_STEP]).mean(axis=0).reshape(seconds, -1).mean(axis=1))
    return int(np.flatnonzero(levels > STILL_THE_BODY * np.median(levels))[-1] + 1) * LEVEL_STEP


def found_seam(track: Wave) -> Seam:
    """The best seam of a track (2, frames): at a bar if it has a beat and repeats itself, else a long crossfade."""
    heard = features(track)
    moments = beats(heard.onsets)
    turn = best_turn(heard.colours, moments, body(track) // HOP)
    return _crossfade(track) if turn is None else _at_bars(track, moments, turn)


def _crossfade(track: Wave) -> Seam:
    end = body(track)
    fade = min(LONG_FADE, end // 4)
    return Seam(fade, end, fade, "crossfade")


def _at_bars(track: Wave, moments: NDArray[np.intp], turn: Turn) -> Seam:
    start, end = (int(moments[beat]) * HOP - BEFORE_THE_BEAT for beat in (turn.start, turn.end))
    shift, same = aligned(track, start, end)
    tempo = 60 * RATE / HOP * (turn.end - turn.start) / float(moments[turn.end] - moments[turn.start])
    return Seam(start, end + shift, SAME if same else OTHER, "bars", tempo)
