"""The long work of render, a file for each kind."""

from philo_render.tasks.draw import draw
from philo_render.tasks.export import export
from philo_render.tasks.ingest import ingest
from philo_render.tasks.join import join
from philo_render.tasks.mix import mix
from philo_render.tasks.paint import paint

__all__ = ["draw", "export", "ingest", "join", "mix", "paint"]
