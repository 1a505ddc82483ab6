"""Voices of different engines made to fit one another: trimmed, and equally loud."""

from __future__ import annotations

import numpy as np

from philo_tts.voices.reading import Sound
from philo_tts.voices.speech import RATE

FLOOR = 0.008  # below this it is silence
LEAD, TAIL = 0.03, 0.07  # seconds kept around what is heard
LOUDNESS = 0.1  # RMS of what is heard, -20 dBFS
PEAK = 0.95


def mastered(sound: Sound) -> Sound:
    heard = np.flatnonzero(np.abs(sound.samples) > FLOOR)
    if not len(heard):
        return sound
    first = max(int(heard[0]) - round(LEAD * RATE), 0)
    samples = sound.samples[first : int(heard[-1]) + round(TAIL * RATE)]
    loud = np.abs(samples) > FLOOR
    gain = min(LOUDNESS / float(np.sqrt(np.mean(samples[loud] ** 2))), PEAK / float(np.abs(samples).max()))
    length = len(samples) / RATE
    spans = tuple(
        (_within(start - first / RATE, length), _within(end - first / RATE, length)) for start, end in sound.spans
    )
    return Sound(samples * np.float32(gain), spans)


def _within(seconds: float, length: float) -> float:
    return min(max(seconds, 0.0), length)
