"""`places.toml`, read once: kin of places, homes of creatures, colours of hours, sizes of things."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

Names = tuple[str, ...]


@dataclass(frozen=True)
class Gazetteer:
    kin: dict[str, Names] = field(hash=False)
    homes: dict[str, Names] = field(hash=False)
    hours: dict[str, Names] = field(hash=False)
    sizes: dict[str, float] = field(hash=False)


@lru_cache(1)
def gazetteer() -> Gazetteer:
    raw = tomllib.loads(files("philo_render.pictures").joinpath("places.toml").read_text("utf-8"))
    lists = {part: {name: tuple(row) for name, row in raw[part].items()} for part in ("kin", "homes", "hours")}
    sizes = {name: float(size) for size, names in raw["sizes"].items() for name in names.split()}
    return Gazetteer(**lists, sizes=sizes)
