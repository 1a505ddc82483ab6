"""Sound files of any kind, as samples."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np

from philo_render.film.faults import BrokenFilmError
from philo_render.film.loudness import RATE, Sound


def read_sound(source: Path | bytes) -> Sound:
    """A file or its bytes -> (2, samples) float32 at 48 kHz; BrokenFilmError if it holds no sound."""
    with av.open(io.BytesIO(source) if isinstance(source, bytes) else source, "r") as container:
        if not container.streams.audio:
            raise BrokenFilmError("There is no sound in this file.")
        resampler = av.AudioResampler("fltp", "stereo", RATE)
        blocks = [
            block.to_ndarray() for frame in [*container.decode(audio=0), None] for block in resampler.resample(frame)
        ]
    return np.asarray(np.concatenate(blocks, axis=1), np.float32)


def resampled(samples: Sound, rate: int) -> Sound:
    """(channels, n) at `rate` -> the same channels at 48 kHz."""
    layout = "mono" if samples.shape[0] == 1 else "stereo"
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout=layout)
    frame.sample_rate = rate
    resampler = av.AudioResampler("fltp", layout, RATE)
    blocks = [block.to_ndarray() for given in (frame, None) for block in resampler.resample(given)]
    return np.asarray(np.concatenate(blocks, axis=1), np.float32)
