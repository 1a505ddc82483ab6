"""Things that the pack lacks, or that look better cut from paper: drawn by procedure, used like illustrations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from philo_render.pictures.pack import Kind
from philo_render.pictures.stage import Stage


@dataclass(frozen=True)
class Spot:
    """Where a prop stands, in pixels: the middle of its foot, its height, and the way it faces (+1 right, -1 left)."""

    x: float
    base: float
    height: float
    facing: int = 1


@dataclass(frozen=True)
class Prop:
    """`size` is its height against the seat's; `afloat` means that it belongs on water."""

    name: str
    kind: Kind
    draw: Callable[[Stage, Spot], None]
    size: float = 1.0
    afloat: bool = False
