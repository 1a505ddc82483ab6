"""Whether what came as music is something that can be heard."""

from __future__ import annotations

import io
from fractions import Fraction

import av

from philo_tts.music_providers.faults import ProviderFailing

MOST_BYTES = 100 * 1024 * 1024
"""Of one piece: half an hour of MP3, ten minutes of WAV."""
ENOUGH = 3600
"""Seconds after which nobody listens on: a small file can hold days of silence."""
LEAST_SHARE = 0.5
"""Of what was ordered: a piece that is shorter broke off on its way."""


def seconds_of(audio: bytes, ordered: float, who: str) -> float:
    """How long a file lasts, by decoding it: some 10 ms for a minute.

    Raises ProviderFailing when it is none, broken, or much shorter than ordered.
    """
    try:
        seconds = _decoded(audio)
    except (av.FFmpegError, ValueError, IndexError):
        fault = f"no music: {_first(audio)}"
    else:
        if seconds >= LEAST_SHARE * ordered:
            return seconds
        fault = f"{seconds:.1f} seconds of music instead of {ordered:g}"
    raise ProviderFailing(f"{who} answered with {fault}. Try again.")


def _decoded(audio: bytes) -> float:
    seconds = Fraction(0)
    with av.open(io.BytesIO(audio), "r") as file:
        for frame in file.decode(file.streams.audio[0]):
            seconds += Fraction(frame.samples, frame.sample_rate)
            if seconds > ENOUGH:
                break
    return float(seconds)


def _first(audio: bytes) -> str:
    if not audio:
        return "nothing at all"
    return "a web page" if audio.lstrip()[:1] == b"<" else f"{len(audio)} bytes of something else"
