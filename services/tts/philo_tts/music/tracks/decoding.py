"""Audio files of any kind, as samples."""

import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import Final

import av
import numpy as np
from av.container import InputContainer

from philo_tts.music.errors import UnusableTrack
from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.rate import RATE

SHORTEST: Final = 1.0
"""Seconds."""
RATES: Final = range(4_000, 400_001)
"""Frames a second that a file may have: others are not sound, and would blow up on the way to ours."""
BLOCK = 2 * RATE
NOT_AUDIO = "This is no audio file that Philo can read. Bring an MP3, M4A, FLAC, WAV or Ogg file."
NO_SOUND = "There is no sound in this file. Bring an MP3, M4A, FLAC, WAV or Ogg file."


def decoded(track: bytes, longest: float) -> Wave:
    """The first `longest` seconds of a file's sound: (2, frames) at RATE, mono repeated, more channels mixed down.

    Of a file that breaks off, what can be heard before it does. Raises UnusableTrack in words.
    """
    if not track:
        raise UnusableTrack("The file is empty. Bring an MP3, M4A, FLAC, WAV or Ogg file.")
    blocks: list[Wave] = []
    try:
        with av.open(io.BytesIO(track), "r") as file:
            for block in _blocks(file):
                blocks.append(block)
                if sum(part.shape[1] for part in blocks) >= longest * RATE:
                    break
    except (av.FFmpegError, ValueError) as error:  # a ValueError: the sound changes its layout on the way
        if isinstance(error, UnusableTrack):
            raise
        if not blocks:
            raise UnusableTrack(f"{NOT_AUDIO} ({error.__class__.__name__})") from error
    return _long_enough(blocks, longest)


def _blocks(file: InputContainer) -> Iterator[Wave]:
    """Everything that is heard before the end, or before the file breaks."""
    if not file.streams.audio:
        raise UnusableTrack(NO_SOUND)
    resampler = av.AudioResampler("fltp", "stereo", RATE, BLOCK)
    for frame in chain(_frames(file), [None]):
        if frame is not None and frame.sample_rate not in RATES:
            raise UnusableTrack(f"The file says that it has {frame.sample_rate} samples a second, which is no sound.")
        for block in resampler.resample(frame):
            yield np.nan_to_num(np.asarray(block.to_ndarray(), np.float32), posinf=0, neginf=0)


def _frames(file: InputContainer) -> Iterator[av.AudioFrame]:
    """Damaged packets are left out, as players do."""
    for packet in file.demux(audio=0):
        with suppress(av.error.InvalidDataError):
            yield from (frame for frame in packet.decode() if isinstance(frame, av.AudioFrame))


def _long_enough(blocks: list[Wave], longest: float) -> Wave:
    if not blocks:
        raise UnusableTrack(NO_SOUND)
    wave = np.concatenate(blocks, axis=1)[:, : round(longest * RATE)]
    if wave.shape[1] < SHORTEST * RATE:
        raise UnusableTrack(f"The track lasts {wave.shape[1] / RATE:.1f} seconds; it has to last {SHORTEST:g} or more.")
    return np.clip(wave, -4, 4, out=wave)
