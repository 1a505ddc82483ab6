"""Voices that come with the install: who can speak, and speaking with word times."""

from philo_tts.voices.catalogue import VOICES, UnknownVoiceError, Voice, choose, speaks
from philo_tts.voices.encoding import flac
from philo_tts.voices.errors import VoicesMissingError
from philo_tts.voices.local import LocalSpeaker
from philo_tts.voices.samples import sample_text
from philo_tts.voices.speech import RATE, Speaker, Speech

__all__ = [
    "RATE", "VOICES", "LocalSpeaker", "Speaker", "Speech", "UnknownVoiceError", "Voice", "VoicesMissingError",
    "choose", "flac", "sample_text", "speaks",
]  # fmt: skip
