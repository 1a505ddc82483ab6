"""Sound of any kind as Opus, exactly as long as the picture (RFC 7845)."""

from __future__ import annotations

from fractions import Fraction

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer

from philo_render.film.sound import RATE

BLOCK = 960
"""Samples of one packet: 20 ms."""


class Opus:
    """One stream of `seconds`: what comes later is cut, because AAC's last block is longer than the film."""

    def __init__(self, export: OutputContainer, seconds: Fraction) -> None:
        self.stream = export.add_stream("libopus", rate=RATE, layout="stereo")
        self.stream.bit_rate = 128_000
        self.resampler = av.AudioResampler("flt", "stereo", RATE, frame_size=BLOCK)
        self.left = round(seconds * RATE)

    def encode(self, frame: av.AudioFrame | None) -> list[av.Packet[AudioStream]]:
        """None ends the stream."""
        packets = []
        for block in self.resampler.resample(frame):
            if self.left > 0:
                packets += self.stream.encode(self._cut(block))
        return packets if frame else packets + self.stream.encode(None)

    def _cut(self, block: av.AudioFrame) -> av.AudioFrame:
        kept, self.left = min(block.samples, self.left), self.left - block.samples
        if kept == block.samples:
            return block
        short = av.AudioFrame.from_ndarray(block.to_ndarray()[:, : kept * 2], format="flt", layout="stereo")
        short.sample_rate, short.pts, short.time_base = RATE, block.pts, block.time_base
        return short
