"""The voices of a film, each in its place, all equally loud."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from philo_render.film.faults import BrokenFilmError
from philo_render.film.sound.listening import Source
from philo_render.film.sound.pcm import RATE, Line, Sound, decibels
from philo_render.film.sound.recording import HOP, recorded
from philo_render.film.sound.tape import Take, Tape

VOICE = -18.0
"""LUFS of every voice before mastering: one scene is as loud as the next."""
AUDIBLE = -45.0
"""dB; speech above it makes the music step back."""
EDGE = RATE * 4 // 1000
"""Samples of the fade at both ends of a voice."""
MISSING = 0.5
"""Seconds of a voice that may be missing: some kinds of files count their last samples otherwise."""


class Voice(NamedTuple):
    """`start` in seconds of the film; `name` is what a person calls it when it cannot be read; `seconds` is how long it
    was when it was recorded, if that is known."""

    start: float
    source: Source
    name: str = "A voice"
    seconds: float = 0.0


class Speech(NamedTuple):
    """A voice in its place, mono, levelled by `gain`."""

    start: int
    take: Take
    power: Line
    gain: float

    def lay(self, track: Line, start: int) -> None:
        """Add to `track`, which begins at sample `start` of the film, what is spoken in it."""
        begin, end = max(start, self.start), min(start + track.size, self.start + self.take.samples)
        if begin < end:
            own = begin - self.start, end - self.start
            spoken = self.take.part(*own)[0] * np.float32(self.gain)
            track[begin - start : end - start] += spoken * faded(*own, self.take.samples, EDGE, EDGE)


def take_up(voices: Sequence[Voice], tape: Tape) -> list[Speech]:
    """Decode all, one after the other. BrokenFilmError says whose voice it is about."""
    return [_placed(voice, tape) for voice in voices]


def audible(speeches: Sequence[Speech], samples: int) -> Line:
    """1 for every 10 ms of the film in which somebody speaks, else 0."""
    line = np.zeros(-(-samples // HOP), np.float32)
    for speech in speeches:
        first = max(0, round(speech.start / HOP))
        loud = speech.power * speech.gain**2 > decibels(AUDIBLE) ** 2
        place = line[first : first + loud.size]
        np.maximum(place, loud[: place.size], out=place)
    return line


def faded(start: int, end: int, samples: int, coming: int, going: int) -> Sound:
    """A raised-cosine fade at both ends of `samples`, for the part from `start` to `end`; lengths in samples."""
    if start >= coming and end <= samples - going:
        return np.ones(1, np.float32)
    at = np.arange(start, end, dtype=np.float32)
    share = np.clip(np.minimum(at / coming, (samples - at) / going), 0, 1)
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * share), np.float32)


def _placed(voice: Voice, tape: Tape) -> Speech:
    try:
        recording = recorded(voice.source, 1, tape)
    except BrokenFilmError as fault:
        raise BrokenFilmError(f"{voice.name}: {fault}") from fault
    if recording.take.samples < (voice.seconds - MISSING) * RATE:
        there = recording.take.samples / RATE
        raise BrokenFilmError(f"{voice.name}: only {there:.1f} of {voice.seconds:.1f} seconds are there.")
    return Speech(round(voice.start * RATE), recording.take, recording.power, recording.gain(VOICE))
