"""Living details: what moves by itself in a picture. One idea a file; a new file is found by its name.

A file either names a `Life`, which is drawn over the picture, or a `drift`, which moves the depth groups of its name.
All are given by seed and time alone, in whatever order frames are drawn.
"""

from philo_render.film.life.registry import Life, drawables, drift_of, farthest, life_for

__all__ = ["Life", "drawables", "drift_of", "farthest", "life_for"]
