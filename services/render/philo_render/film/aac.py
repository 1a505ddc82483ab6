"""AAC in one pass over the whole film: encoded scene by scene it would drift."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import av
import numpy as np
from av.audio.stream import AudioStream
from av.codec.context import Flags

from philo_render.film.loudness import RATE, Sound

BLOCK = 1024


class SoundPacket(NamedTuple):
    """One encoded block; times in samples. The first lies before zero: the encoder's own delay."""

    pts: int
    duration: int
    data: bytes


def encoded(sound: Sound, samples: int) -> list[SoundPacket]:
    """`sound` (2, n) float32 at 48 kHz, cut or padded to `samples` -> packets that end exactly there."""
    whole = np.zeros((2, samples), np.float32)
    heard = min(samples, sound.shape[1])
    whole[:, :heard] = sound[:, :heard]
    codec = av.CodecContext.create("aac", "w")
    codec.sample_rate, codec.layout, codec.format, codec.bit_rate = RATE, "stereo", "fltp", 160_000
    codec.time_base = Fraction(1, RATE)
    codec.flags |= int(Flags.global_header)
    packets = []
    for start in range(0, samples, BLOCK):
        block = np.ascontiguousarray(whole[:, start : start + BLOCK])
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        packets += codec.encode(frame)
    packets += codec.encode(None)
    return [_trimmed(packet, samples) for packet in packets]


def _trimmed(packet: av.Packet[AudioStream], samples: int) -> SoundPacket:
    pts = packet.pts or 0
    return SoundPacket(pts, max(1, min(packet.duration or BLOCK, samples - pts)), bytes(packet))
