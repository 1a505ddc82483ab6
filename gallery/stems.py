"""Voice and music of a film, told apart by the same film without its music."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from philo_contracts.shapes import Word
from philo_render.film import Sound
from philo_render.film.sound import RATE

HOP = RATE // 100


def over_music(film: Sound, voice: Sound, words: Sequence[Word]) -> float:
    """Decibels by which the voice is above the music while words are spoken. Both are mastered, so the voice is
    brought to the film's own level first, second by second: what is left of the film then is its music."""
    length = min(film.shape[1], voice.shape[1])
    spoken = np.zeros(length, bool)
    for word in words:
        spoken[int(word.start * RATE) : int(word.end * RATE)] = True
    whole, alone = film[:, :length].mean(0), voice[:, :length].mean(0)
    loud, soft = 0.0, 0.0
    for start in range(0, length - RATE, RATE):
        part = slice(start, start + RATE)
        heard = spoken[part]
        energy = float(alone[part] @ alone[part])
        if heard.sum() < RATE // 4 or energy < 1e-6:
            continue
        gain = float(whole[part] @ alone[part]) / energy
        loud += float(((gain * alone[part])[heard] ** 2).sum())
        soft += float(((whole[part] - gain * alone[part])[heard] ** 2).sum())
    return 10 * float(np.log10(loud / max(soft, 1e-12)))


def click(sound: Sound) -> float:
    """The largest leap from one sample to the next, a share of full scale."""
    return float(np.abs(np.diff(sound, axis=1)).max())


def longest_silence(sound: Sound) -> float:
    """Seconds below -60 dB in a row, the film's last second left out."""
    body: NDArray[np.float32] = np.abs(sound[:, :-RATE]).max(axis=0)
    steps = body[: body.size // HOP * HOP].reshape(-1, HOP).max(axis=1) > 1e-3
    edges = np.flatnonzero(np.concatenate([[True], steps, [True]]))
    return float(np.diff(edges).max() - 1) / 100
