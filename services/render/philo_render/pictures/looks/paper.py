"""Cut paper with soft shadows: the painting as it is."""

from philo_render.pictures.look import Look

LOOK = Look("paper", "Cut paper, soft shadows")
