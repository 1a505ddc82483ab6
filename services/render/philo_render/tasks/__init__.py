"""The long work of render, a file for each kind."""

from philo_render.tasks.draw import draw
from philo_render.tasks.join import join
from philo_render.tasks.paint import paint

__all__ = ["draw", "join", "paint"]
