"""A film that can be watched while it is made: each finished scene is a part of an HLS stream."""

from philo_render.film.preview.init import init
from philo_render.film.preview.part import part
from philo_render.film.preview.playlist import Listed, playlist
from philo_render.film.preview.voice import Voice

__all__ = ["Listed", "Voice", "init", "part", "playlist"]
