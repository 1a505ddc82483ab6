"""Sound files of any kind, as samples."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer

from philo_render.film.faults import BrokenFilmError
from philo_render.film.sound.pcm import RATE, Sound
from philo_render.film.sound.weighting import LAYOUTS

Source = Path | bytes | Sound
"""A file, its bytes, or samples at 48 kHz: (n,) or (channels, n)."""
SPAN = 2 * RATE
"""Samples of a block."""


def heard(source: Source, channels: int) -> Iterator[Sound]:
    """Blocks (channels, up to 2 s) float32 at 48 kHz; other channels than asked for are mixed down, or repeated.

    BrokenFilmError if there is no sound or if it is damaged. Of some kinds of files nobody can say whether they are whole.
    """
    if isinstance(source, np.ndarray):
        yield from _sliced(source, channels)
        return
    try:
        with av.open(io.BytesIO(source) if isinstance(source, bytes) else source, "r") as file:
            yield from _decoded(file, channels)
    except (av.FFmpegError, ValueError) as error:  # a ValueError: the sound changes its layout on the way
        if isinstance(error, OSError):
            raise
        raise BrokenFilmError(f"The sound cannot be read, its file is damaged or cut short ({error}).") from error


def read_sound(source: Path | bytes) -> Sound:
    """A file or its bytes -> (2, samples) float32 at 48 kHz, as a whole; BrokenFilmError as of `heard`."""
    return np.concatenate(list(heard(source, 2)), axis=1)


def resampled(samples: Sound, rate: int) -> Sound:
    """(channels, n) at `rate` -> the same channels at 48 kHz."""
    layout = LAYOUTS[samples.shape[0]]
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout=layout)
    frame.sample_rate = rate
    resampler = av.AudioResampler("fltp", layout, RATE)
    blocks = [block.to_ndarray() for given in (frame, None) for block in resampler.resample(given)]
    return np.asarray(np.concatenate(blocks, axis=1), np.float32)


def _sliced(sound: Sound, channels: int) -> Iterator[Sound]:
    given = np.atleast_2d(sound)
    for start in range(0, given.shape[1], SPAN):
        block = given[:, start : start + SPAN]
        if block.shape[0] > channels:
            block = block.mean(axis=0, keepdims=True)
        yield np.asarray(np.broadcast_to(block, (channels, block.shape[1])), np.float32)


def _decoded(file: InputContainer, channels: int) -> Iterator[Sound]:
    if not file.streams.audio:
        raise BrokenFilmError("There is no sound in this file.")
    samples = 0
    resampler = av.AudioResampler("fltp", LAYOUTS[channels], RATE, SPAN)
    for frame in chain(file.decode(audio=0), [None]):
        for block in resampler.resample(frame):
            samples += block.samples
            yield np.asarray(block.to_ndarray(), np.float32)
    if not samples:
        raise BrokenFilmError("There is no sound in this file.")
