"""What a picture will show, decided before anything is drawn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from philo_contracts.shapes import Aspect

Size = tuple[int, int]
"""Width and height in pixels."""


class Stance(StrEnum):
    """How an illustration is held in the picture."""

    STAND = "stand"
    FLOAT = "float"
    SAIL = "sail"
    PODIUM = "podium"
    PORTRAIT = "portrait"
    PEEK = "peek"


@dataclass(frozen=True)
class Placed:
    """An illustration and its place: x and feet as shares of width and height, height as a share of the short side."""

    name: str
    x: float
    feet: float
    height: float
    stance: Stance
    flip: bool = False
    hero: bool = False


@dataclass(frozen=True)
class Composition:
    """A whole decision, down to the `look` it is drawn in. Equal compositions drawn at equal sizes are equal to the byte.

    `left` is the side of the hero; `details` are things the backdrop itself draws when the words ask for them.
    """

    seed: int
    aspect: Aspect
    backdrop: str
    palette: str
    left: bool
    details: tuple[str, ...] = ()
    illustrations: tuple[Placed, ...] = ()
    look: str = "paper"

    @property
    def digest(self) -> str:
        """A name for what will be seen, stable over processes."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


def aspect_of(size: Size) -> Aspect:
    width, height = size
    if width > height * 1.15:
        return Aspect.WIDE
    return Aspect.TALL if height > width * 1.15 else Aspect.SQUARE
