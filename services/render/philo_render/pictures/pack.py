"""The illustration pack: WebP pictures with alpha and an index of their words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files

import cv2
import numpy as np

from philo_render.pictures.painting.colour import Pixels

_ROOT = files("philo_render.pictures").joinpath("pack")


class Kind(IntEnum):
    """The pack's groups."""

    FEELING = 0
    PERSON = 1
    ANIMAL = 3
    FOOD = 4
    PLACE = 5
    PLAY = 6
    THING = 7


@dataclass(frozen=True)
class Icon:
    """One illustration: `family` is the pack's subgroup; the first word of each language is its label."""

    name: str
    kind: Kind
    family: int
    english: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()


@lru_cache(1)
def icons() -> dict[str, Icon]:
    rows = json.loads(_ROOT.joinpath("index.json").read_text("utf-8"))
    return {n: Icon(n, Kind(r["g"]), r["sg"], tuple(r["en"]), tuple(w for w in r["zh"] if w)) for n, r in rows.items()}


@lru_cache(8)
def illustration(name: str) -> Pixels:
    """One illustration as premultiplied float32 RGBA (height, width, 4). Eight stay decoded."""
    data = np.frombuffer(_ROOT.joinpath(f"{name}.webp").read_bytes(), np.uint8)
    decoded = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    if decoded is None:
        raise ValueError(f"the illustration {name!r} cannot be decoded: build the pack again")
    pixels = np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGRA2RGBA), np.float32) / np.float32(255)
    pixels[..., :3] *= pixels[..., 3:]
    return np.asarray(pixels, np.float32)


@lru_cache(1)
def land() -> Pixels:
    """Where there is land: (360, 720), 0 or 1, north and the date line first."""
    decoded = cv2.imdecode(np.frombuffer(_ROOT.joinpath("land.png").read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE)
    if decoded is None:
        raise ValueError("the land mask cannot be decoded: build the pack again")
    return np.asarray(decoded > 0, np.float32)
