"""What providers of music answer with."""

import io
from functools import cache

import numpy as np
import soundfile

from philo.testing_providers import Reply

SECRET = "r8_very_secret_4711"


@cache
def tune(seconds: float = 8.0) -> bytes:
    """A FLAC at 16 kHz with a quiet tone in it."""
    file = io.BytesIO()
    wave = 0.2 * np.sin(2 * np.pi * 330 * np.arange(int(seconds * 16_000)) / 16_000)
    soundfile.write(file, wave, 16_000, format="FLAC")
    return file.getvalue()


def played(audio: bytes, **other) -> Reply:
    return Reply(headers={"content-type": "audio/flac"}, body=audio, **other)
