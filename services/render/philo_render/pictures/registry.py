"""Finds every backdrop, every look and every drawn prop by its module: nothing else has to be told of a new file."""

from __future__ import annotations

import pkgutil
from functools import lru_cache
from importlib import import_module

from philo_render.pictures import backdrops, looks, props
from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.look import Look
from philo_render.pictures.prop import Prop


@lru_cache(1)
def all_backdrops() -> dict[str, Backdrop]:
    """Backdrops by name, in the order of their names."""
    modules = (
        import_module(f"{backdrops.__name__}.{found.name}") for found in pkgutil.iter_modules(backdrops.__path__)
    )
    known = {module.BACKDROP.name: module.BACKDROP for module in modules}
    return dict(sorted(known.items()))


@lru_cache(1)
def all_looks() -> dict[str, Look]:
    """Looks by name, in the order of their names."""
    modules = (import_module(f"{looks.__name__}.{found.name}") for found in pkgutil.iter_modules(looks.__path__))
    known = {module.LOOK.name: module.LOOK for module in modules}
    return dict(sorted(known.items()))


@lru_cache(1)
def all_props() -> dict[str, Prop]:
    """Drawn props by name, in the order of their names."""
    modules = (import_module(f"{props.__name__}.{found.name}") for found in pkgutil.iter_modules(props.__path__))
    known = {prop.name: prop for module in modules for prop in module.PROPS}
    return dict(sorted(known.items()))
