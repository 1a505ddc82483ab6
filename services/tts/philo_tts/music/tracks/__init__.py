"""Tracks that people bring or providers send, fitted to the length of a film."""

from philo_tts.music.tracks.fitting import FittedTrack, fit_track
from philo_tts.music.tracks.seams import Seam

__all__ = ["FittedTrack", "Seam", "fit_track"]
