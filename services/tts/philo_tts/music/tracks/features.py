"""What a track sounds like from moment to moment: tones, timbre, and where something new begins."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.rate import RATE

HOP, WINDOW = 512, 4096
FRAMES_A_SECOND = RATE / HOP
SPAN = 512
"""Windows transformed at once."""
HERTZ = np.fft.rfftfreq(WINDOW, 1 / RATE)
TONES = (80.0, 4000.0)
EDGES = np.geomspace(60, 16_000, 25)
LOUDEST_FIRST = 1e-7

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Features:
    """`colours` (moments, 12 tones + 24 bands), `onsets` (moments,): how much begins there, of unit spread."""

    colours: Matrix
    onsets: NDArray[np.float64]


def _tone_bins() -> Matrix:
    """Which bins count for which of the twelve tones: (bins, 12)."""
    found = np.zeros((len(HERTZ), 12), np.float32)
    heard = np.arange(*np.searchsorted(HERTZ, TONES))
    found[heard, np.round(12 * np.log2(HERTZ[heard] / 440)).astype(int) % 12] = 1
    return found


def _band_bins() -> Matrix:
    """Which bins count for which band: (bins, 24)."""
    band = np.digitize(HERTZ, EDGES) - 1
    return np.asarray(band[:, None] == np.arange(len(EDGES) - 1), np.float32)


def _spectra(mono: NDArray[np.float32]) -> Matrix:
    """Energy by tones and bands, one row for every HOP frames: (moments, 36)."""
    padded = np.pad(mono, (WINDOW // 2, WINDOW))
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[: len(mono) : HOP]
    shape, bins = np.hanning(WINDOW).astype(np.float32), np.concatenate([_tone_bins(), _band_bins()], axis=1)
    rows = [np.abs(np.fft.rfft(windows[at : at + SPAN] * shape)) ** 2 @ bins for at in range(0, len(windows), SPAN)]
    return np.concatenate(rows)


def _onsets(bands: Matrix) -> NDArray[np.float64]:
    """Rise of the bands' levels against the moment before, over its own slow average."""
    levels = np.log10(bands + LOUDEST_FIRST * max(bands.max(), 1e-9))
    rise = np.maximum(0, np.diff(levels, axis=0, prepend=levels[:1])).sum(axis=1)
    width = int(FRAMES_A_SECOND)
    slow = np.convolve(np.pad(rise, width // 2, mode="edge"), np.ones(width) / width, "same")[width // 2 :][: len(rise)]
    fresh = np.maximum(0, rise - slow)
    return np.asarray(fresh / max(fresh.std(), 1e-9), np.float64)


def features(track: Wave) -> Features:
    """The features of a track (2, frames)."""
    found = _spectra(track.mean(axis=0))
    tones, bands = found[:, :12], found[:, 12:]
    even = tones / np.maximum(tones.sum(axis=1, keepdims=True), 1e-12)
    levels = np.log10(bands + 1e-4 * max(bands.max(), 1e-9))
    return Features(np.concatenate([np.sqrt(even), levels - levels.mean(axis=0)], axis=1), _onsets(bands))
