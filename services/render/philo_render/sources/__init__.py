"""Uploaded things, understood and made ready for a film. Pure of services: bytes and paths in, frozen data out."""

from philo_render.sources.faults import FootageError, PictureError, UnusableError
from philo_render.sources.footage import FootageFacts, understood
from philo_render.sources.picture import NormalPicture, normalised
from philo_render.sources.subject import subject

__all__ = [
    "FootageError",
    "FootageFacts",
    "NormalPicture",
    "PictureError",
    "UnusableError",
    "normalised",
    "subject",
    "understood",
]
