"""The sound of one scene as AAC blocks on a grid that runs through the whole film.

A block's samples come of two packets that overlap, so a packet of another encoder fits only where it was made of
nearly the same samples. Each scene therefore encodes some blocks before and after its own, and drops them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from philo_render.film.sound import Sound
from philo_render.film.sound.aac import BLOCK, SoundPacket, encoded

Voice = NDArray[np.float32]
"""Samples (n,) or (channels, n) at 48 kHz."""

BEFORE, AFTER = 16, 2
"""Blocks: a fresh encoder spends its bits otherwise for about so long, and it looks one block ahead."""


def blocks(voices: Sequence[tuple[int, Voice]], start: int, end: int) -> list[SoundPacket]:
    """The blocks that begin in the film's samples from `start` up to `end`; all times are the film's, in samples.

    Voices come with the sample at which they begin. What they say before `start` or after `end` is heard only in the
    blocks that reach across.
    """
    first, last = -(-start // BLOCK), -(-end // BLOCK)
    origin = (first - BEFORE) * BLOCK
    sound = np.zeros((2, (BEFORE + last - first + AFTER) * BLOCK), np.float32)
    for begins, voice in voices:
        _lay(sound, voice, begins - origin)
    made = (packet._replace(pts=packet.pts + origin) for packet in encoded(sound, sound.shape[1]))
    return [packet for packet in made if first * BLOCK <= packet.pts < last * BLOCK]


def _lay(sound: Sound, voice: Voice, at: int) -> None:
    """Add what of the voice lies within `sound`, both channels alike if it has one."""
    channels = np.atleast_2d(voice)
    start, end = max(0, at), min(sound.shape[1], at + channels.shape[1])
    if start < end:
        sound[:, start:end] += channels[:, start - at : end - at]
