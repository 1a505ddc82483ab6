"""Mastering: the same loudness for every piece, no peak too high, an end that dies away."""

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.rate import RATE

TARGET_LUFS = -20.0
CEILING_DB = -3.3
"""A little under -3 dB, so that peaks between the samples stay there too."""
FINAL_FADE = 2.0
"""Seconds in which everything dies away, at most a quarter of the piece."""
TILE = 240
"""Frames of 5 ms; the limiter's gain is set once for each."""
SPAN = 2000 * TILE
"""Frames worked on at once, so that a long piece needs little memory beside itself."""
SMOOTH = 8
"""Tiles over which the limiter's gain moves, on each side."""


def _least(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Minimum over a window that reaches so far to each side."""
    padded = np.pad(values, reach, mode="edge")
    window = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    return np.asarray(window.min(axis=1))


def limiter_gain(tile_peaks: NDArray[np.float64], ceiling: float) -> NDArray[np.float64]:
    """Gain of every tile: below what its neighbours need, and smooth."""
    needed = _least(np.minimum(1, ceiling / np.maximum(tile_peaks, 1e-9)), SMOOTH + 1)
    window = np.hanning(2 * SMOOTH + 3)[1:-1]
    return np.convolve(np.pad(needed, SMOOTH, mode="edge"), window / window.sum(), "valid")


def _tile_peaks(wave: Wave) -> NDArray[np.float64]:
    """Highest absolute sample of every tile."""
    frames = wave.shape[1]
    peaks = [
        np.maximum.reduceat(np.abs(part).max(axis=0), np.arange(0, part.shape[1], TILE))
        for part in (wave[:, at : at + SPAN] for at in range(0, frames, SPAN))
    ]
    return np.concatenate(peaks).astype(np.float64)


def limit(wave: Wave, ceiling: float) -> None:
    """Keeps a wave (2, frames) under the ceiling, in place."""
    peaks = _tile_peaks(wave)
    if peaks.max() <= ceiling:
        return
    gain, middles = limiter_gain(peaks, ceiling), (np.arange(len(peaks)) + 0.5) * TILE
    for at in range(0, wave.shape[1], SPAN):
        part = wave[:, at : at + SPAN]
        part *= np.interp(np.arange(at, at + part.shape[1]), middles, gain).astype(np.float32)


def mastered(wave: Wave, lufs: float) -> Wave:
    """The wave (2, frames) of this loudness at TARGET_LUFS, limited and faded, in place."""
    wave *= np.float32(10 ** ((TARGET_LUFS - lufs) / 20))
    limit(wave, 10 ** (CEILING_DB / 20))
    fade = int(min(FINAL_FADE * RATE, wave.shape[1] / 4))
    wave[:, -fade:] *= np.cos(np.linspace(0, np.pi / 2, fade)).astype(np.float32) ** 2
    return wave
