"""Palettes: data in `palettes.toml`, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from philo_contracts.shapes import Mood
from philo_render.pictures.painting.colour import Colour, luma, mix, rgb

DARK_MOODS = frozenset({Mood.DRAMATIC, Mood.EPIC, Mood.SCARY, Mood.SAD, Mood.MYSTERIOUS})
_DARK_BELOW = 0.45


@dataclass(frozen=True, eq=False)
class Palette:
    """Sky from zenith to horizon, paper from far to near, accent, light."""

    name: str
    sky: tuple[Colour, Colour, Colour]
    far: Colour
    near: Colour
    accent: Colour
    sun: Colour

    @property
    def dark(self) -> bool:
        return luma(self.sky[1]) < _DARK_BELOW

    @property
    def cloud(self) -> Colour:
        return mix(self.sun, "#ffffff", 0.5) if not self.dark else mix(self.far, self.sun, 0.18)

    def paper(self, nearness: float) -> Colour:
        """The paper between far (0) and near (1)."""
        return mix(self.far, self.near, nearness)


@lru_cache(1)
def _table() -> dict[str, Any]:  # TOML is untyped until it is read into palettes
    return tomllib.loads(files("philo_render.pictures").joinpath("palettes.toml").read_text("utf-8"))


@lru_cache(64)
def palette(name: str) -> Palette:
    row = _table()["colours"][name]
    top, middle, horizon = (rgb(code) for code in row["sky"])
    rest = {part: rgb(row[part]) for part in ("far", "near", "accent", "sun")}
    return Palette(name=name, sky=(top, middle, horizon), **rest)


def palette_names() -> tuple[str, ...]:
    return tuple(_table()["colours"])


def outdoor(mood: Mood) -> tuple[str, ...]:
    return tuple(_table()["moods"][mood.value])


def indoor(mood: Mood) -> tuple[str, ...]:
    return tuple(_table()["rooms"]["dark" if mood in DARK_MOODS else "light"])
