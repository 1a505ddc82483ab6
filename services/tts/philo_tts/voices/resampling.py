"""Voices of other sample rates made to fit."""

from __future__ import annotations

import av
import numpy as np
from numpy.typing import NDArray

from philo_tts.voices.speech import RATE


def resampled(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Mono in -1..1 at `rate`, as the same at RATE."""
    if rate == RATE or not len(samples):
        return samples
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples)[None, :], format="flt", layout="mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    parts = [part.to_ndarray()[0] for part in (*resampler.resample(frame), *resampler.resample(None))]
    return np.concatenate(parts).astype(np.float32)
