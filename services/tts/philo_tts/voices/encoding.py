"""Speech as a file."""

from __future__ import annotations

import io

import soundfile

from philo_tts.voices.speech import Speech


def flac(speech: Speech) -> bytes:
    """Lossless, 16 bit, mono."""
    file = io.BytesIO()
    soundfile.write(file, speech.pcm, speech.rate, format="FLAC", subtype="PCM_16")
    return file.getvalue()
