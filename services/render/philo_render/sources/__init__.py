"""Uploaded things, understood and made ready for a film. Pure of services: bytes and paths in, frozen data out."""

from philo_render.sources.faults import FootageError, PictureError, TrackError, UnusableError
from philo_render.sources.footage import FootageFacts, understood
from philo_render.sources.picture import NormalPicture, normalised
from philo_render.sources.subject import subject
from philo_render.sources.track import TrackFacts, measured

__all__ = [
    "FootageError",
    "FootageFacts",
    "NormalPicture",
    "PictureError",
    "TrackError",
    "TrackFacts",
    "UnusableError",
    "measured",
    "normalised",
    "subject",
    "understood",
]
