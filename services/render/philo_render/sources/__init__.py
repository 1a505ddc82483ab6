"""Uploaded things, understood and made ready for a film. Pure of services: bytes and paths in, frozen data out."""

from philo_render.sources.faults import FootageError, PictureError, UnusableError
from philo_render.sources.picture import NormalPicture, normalised
from philo_render.sources.subject import subject

__all__ = ["FootageError", "NormalPicture", "PictureError", "UnusableError", "normalised", "subject"]
