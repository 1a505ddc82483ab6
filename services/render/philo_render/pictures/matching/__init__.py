"""Words of a scene -> votes for illustrations, a backdrop and its details. English and Chinese."""

from philo_render.pictures.matching.ballot import Ballot
from philo_render.pictures.matching.reading import read_scene

__all__ = ["Ballot", "read_scene"]
