"""Convolution block by block, with what rings over carried into the next call."""

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.filters import Wave

BLOCK = 1 << 15
"""Frames of a block and of a partition; the transform that follows still fits the processor's cache."""


class Convolver:
    """Uniformly partitioned convolution of a wave (channels, frames) with an impulse of the same channels."""

    def __init__(self, impulse: NDArray[np.float64]) -> None:
        channels, frames = impulse.shape
        padded = np.pad(impulse, ((0, 0), (0, -frames % BLOCK)))
        partitions = np.fft.rfft(padded.reshape(channels, -1, BLOCK), 2 * BLOCK).swapaxes(0, 1)
        self._partitions = partitions.astype(
            np.complex64
        )  # half the memory and time; what is lost is far below 16 bits
        self._line = np.zeros_like(self._partitions)
        self._ringing = np.zeros((channels, BLOCK), np.float32)

    def __call__(self, wave: Wave) -> Wave:
        """The convolved wave, as long as the one given; calls follow each other without a seam.

        A call whose length is no multiple of BLOCK has to be the last.
        """
        out = np.empty_like(wave)
        for at in range(0, wave.shape[1], BLOCK):
            part = wave[:, at : at + BLOCK]
            out[:, at : at + BLOCK] = self._block(part)[:, : part.shape[1]]
        return out

    def _block(self, part: Wave) -> Wave:
        """One block: its spectrum joins the delay line, every partition meets its own delay."""
        self._line = np.roll(self._line, 1, axis=0)
        self._line[0] = np.fft.rfft(part, 2 * BLOCK)
        spectrum = np.einsum("pcf,pcf->cf", self._line, self._partitions)
        mixed = np.fft.irfft(spectrum, 2 * BLOCK).astype(np.float32, copy=False)
        mixed[:, :BLOCK] += self._ringing
        self._ringing = mixed[:, BLOCK:]
        return mixed[:, :BLOCK]
