"""A finished film in other clothes."""

from philo_render.film.export.gif import gif
from philo_render.film.export.webm import webm

__all__ = ["gif", "webm"]
