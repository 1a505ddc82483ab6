"""The interface of a backdrop. Adding one is one new file in `backdrops/` that names a `BACKDROP`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from philo_render.pictures.composition import Stance
from philo_render.pictures.living import out_of_doors
from philo_render.pictures.pack import Icon
from philo_render.pictures.stage import FEET, Stage

Paint = Callable[[Stage], Iterator[None]]
"""Paints what lies behind, yields once where illustrations stand, paints what lies before their feet."""


@dataclass(frozen=True)
class Seat:
    """A place for an illustration, in the 16:9 design with the hero on the left; height is a share of the short side."""

    x: float
    feet: float
    height: float


@dataclass(frozen=True)
class Seats:
    """Places for one shape of picture, the hero's first."""

    ground: tuple[Seat, ...] = ()
    air: tuple[Seat, ...] = ()


@dataclass(frozen=True)
class Seating:
    """Places in wide and square pictures, and in tall ones."""

    wide: Seats
    tall: Seats


OPEN_AIR = Seating(
    wide=Seats(
        ground=(Seat(0.34, FEET, 0.44), Seat(0.64, FEET - 0.012, 0.28), Seat(0.50, FEET - 0.02, 0.19)),
        air=(Seat(0.66, 0.40, 0.22), Seat(0.50, 0.26, 0.13)),
    ),
    tall=Seats(
        ground=(Seat(0.50, FEET, 0.56), Seat(0.22, FEET + 0.005, 0.27), Seat(0.80, FEET + 0.005, 0.22)),
        air=(Seat(0.28, 0.42, 0.26), Seat(0.76, 0.50, 0.17)),
    ),
)


@dataclass(frozen=True)
class Grade:
    """How illustrations take on the backdrop's light. `ink` is the share painted over with the nearest paper."""

    tint: float | None = None
    ink: float | None = None
    saturation: float | None = None
    rim: float | None = None


@dataclass(frozen=True)
class Backdrop:
    """`palettes` empty: the mood chooses. `night` empty: night does not change this place."""

    name: str
    paint: Paint
    palettes: tuple[str, ...] = ()
    night: tuple[str, ...] = ()
    indoor: bool = False
    seating: Seating = OPEN_AIR
    stance: Stance = Stance.STAND
    admits: Callable[[Icon], bool] = out_of_doors
    grade: Grade = field(default_factory=Grade)
    lamplit: bool = False
    weather: bool = False
