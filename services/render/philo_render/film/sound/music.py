"""The music under a film: it comes, steps back for the voices, and goes."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np

from philo_render.film.faults import BrokenFilmError
from philo_render.film.sound.listening import Source
from philo_render.film.sound.loudness import integrated
from philo_render.film.sound.pcm import RATE, Line, Sound, along, decibels
from philo_render.film.sound.recording import HOP, recorded
from philo_render.film.sound.speech import faded
from philo_render.film.sound.tape import Take, Tape

MUSIC = -24.0
"""LUFS of the music where it is alone, before mastering."""
DUCK = -11.0
"""dB by which the music steps back under a voice."""
LOOK_AHEAD, HOLD, GLIDE = 0.30, 0.55, 0.45
"""Seconds: the music goes before the voice comes, stays down through its pauses, and glides between."""
FADE_IN, FADE_OUT = RATE, RATE * 26 // 10


class Bed(NamedTuple):
    """A piece of music, repeated or cut to fit a film of `samples`; `gains` is its level for every 10 ms."""

    take: Take
    gains: Line
    samples: int

    def part(self, start: int, end: int) -> Sound:
        """(2, end - start)."""
        music = np.concatenate([self.take.part(*piece) for piece in self._pieces(start, end)], axis=1)
        level = along(self.gains, HOP, start, end)
        level *= faded(start, end, self.samples, FADE_IN, FADE_OUT)
        return np.asarray(music * level, np.float32)

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where on the take this part of the film is."""
        found, length = [], self.take.samples
        while start < end:
            first = start % length
            found.append((first, min(length, first + end - start)))
            start += found[-1][1] - first
        return found


def laid(music: Source, spoken: Line, samples: int, tape: Tape) -> Bed:
    """`spoken` is 1 for every 10 ms of speech. BrokenFilmError if the music cannot be read."""
    try:
        recording = recorded(music, 2, tape)
    except BrokenFilmError as fault:
        raise BrokenFilmError(f"The music: {fault}") from fault
    loud = integrated(np.resize(recording.power, spoken.size), HOP)
    gain = decibels(MUSIC - loud) if math.isfinite(loud) else 1.0
    return Bed(recording.take, ducked(spoken) * np.float32(gain), samples)


def ducked(spoken: Line) -> Line:
    """The music's factor for every 10 ms: it follows where speech is, smoothed twice."""
    ahead, hold = (round(seconds * RATE / HOP) for seconds in (LOOK_AHEAD, HOLD))
    middle = max(ahead, hold)
    kernel = np.zeros((1, 2 * middle + 1), np.uint8)
    kernel[0, middle - hold : middle + ahead + 1] = 1
    held = cv2.dilate(spoken[None], kernel)
    glide = (round(GLIDE * RATE / HOP / 2) * 2 + 1, 1)
    soft = cv2.blur(cv2.blur(held, glide), glide)[0]
    return np.asarray(10 ** (DUCK / 20 * soft), np.float32)
