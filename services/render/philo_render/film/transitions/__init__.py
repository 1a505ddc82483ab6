"""How one picture becomes the next. A new one is one new file with `draw`; it is found by its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module

from philo_render.film.planes import Planes

Draw = Callable[[Planes, Planes, float], None]
"""`draw(out, former, share)`: `out` holds the incoming picture, and the mixed frame afterwards; `former` may be drawn on.

`share` is 0..1, eased."""


@lru_cache(16)
def named(name: str) -> Draw:
    """Raises ModuleNotFoundError for a name that has no file."""
    draw: Draw = import_module(f"{__name__}.{name}").draw
    return draw
