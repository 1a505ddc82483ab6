"""Finds every living detail by its module: nothing else has to be told of a new file."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from typing import Any, Protocol

from philo_render.film import life
from philo_render.film.dolly import STILL, Drift
from philo_render.film.format import Format
from philo_render.film.planes import Planes


class Life(Protocol):
    """Something that falls or flies before the picture."""

    def __init__(self, format_: Format, seed: int) -> None: ...

    def draw(self, out: Planes, seconds: float) -> None:
        """Lay it over the frame `seconds` after its beginning."""


@lru_cache(1)
def _modules() -> dict[str, Any]:
    names = (found.name for found in pkgutil.iter_modules(life.__path__))
    return {name: import_module(f"{life.__name__}.{name}") for name in names}


def drawables(names: Iterable[str], format_: Format, seed: int) -> tuple[Life, ...]:
    """The living details of these names, each once; names that nothing is known of are left out."""
    known = _modules()
    wanted = dict.fromkeys(name for name in names if hasattr(known.get(name), "Life"))
    return tuple(known[name].Life(format_, seed) for name in wanted)


def drift_of(group: str, seconds: float) -> Drift:
    """How far a depth group has moved by itself: `waves-2` is the second of the groups called waves."""
    name, _, number = group.partition("-")
    module = _modules().get(name)
    if module is None or not hasattr(module, "drift"):
        return STILL
    drift: Drift = module.drift(int(number or 0), seconds)
    return drift


@lru_cache(64)
def farthest(group: str) -> Drift:
    """The farthest that a depth group moves by itself, either way; wind is held back at the picture's edge."""
    ways = [drift_of(group, 0.5 * step) for step in range(80)]
    return Drift(min(0.05, max(abs(way.across) for way in ways)), max(abs(way.down) for way in ways))


def life_for(words: Iterable[str]) -> tuple[str, ...]:
    """Names of the living details that tags or weather of a scene ask for, each once, in the order of their names."""
    spoken = {word.casefold() for word in words}
    known = _modules()
    return tuple(sorted(name for name, module in known.items() if spoken & set(getattr(module, "WORDS", ()))))
