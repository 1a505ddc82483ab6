"""Gives the chosen illustrations their places and their stance."""

from __future__ import annotations

from dataclasses import replace

from philo_contracts.shapes import Aspect
from philo_render.pictures.backdrop import OPEN_AIR, Backdrop, Seat
from philo_render.pictures.composition import Placed, Stance
from philo_render.pictures.gazetteer import gazetteer
from philo_render.pictures.living import DRAWN, FLYERS, SWIFT_FAMILIES, VESSELS, set_of
from philo_render.pictures.matching import Ballot
from philo_render.pictures.pack import Icon, Kind, icons
from philo_render.pictures.registry import all_props

_SHARE_OF_BEST = 0.30
_LEAST = 0.9
_BUSTS = frozenset({23, 25, 26})
_WHOLE_PEOPLE = frozenset({"woman-fairy", "man-genie", "man-superhero", "woman-superhero"})
_HEADS = set_of(
    """fox wolf bear panda lion tiger-face mouse-face cat-face dog-face frog monkey-face cow-face pig-face hamster koala
    unicorn horse-face dragon-face raccoon boar moose hatching-chick rabbit-face"""
)
_ALONE = 1.12  # a hero without company may be a little larger


def as_icon(name: str) -> Icon:
    """A pack's icon, or a drawn prop described like one."""
    prop = all_props().get(name)
    return Icon(name, prop.kind, DRAWN) if prop else icons()[name]


def cast_of(ballot: Ballot, backdrop: Backdrop, tall: bool) -> list[str]:
    """Who appears: what can live there and has a fair share of the best one's votes, as many as there are places."""
    able = [(name, score) for name, score in ballot.ranked() if score > _LEAST and backdrop.admits(as_icon(name))]
    if not able:
        return []
    seats = backdrop.seating.tall if tall else backdrop.seating.wide
    most = min(4 if backdrop.name == "kitchen" else 3, max(1, len(seats.ground) + len(seats.air)))
    fair = [name for name, score in able if score > _SHARE_OF_BEST * able[0][1]]
    return _one_of_a_kind(fair)[:most]


def _one_of_a_kind(names: list[str]) -> list[str]:
    """Not two boats and not two groups of people: the picture has one of each family of props."""
    kept: list[str] = []
    for name in names:
        prop = all_props().get(name)
        twin = prop and any(name != other and _same_family(name, other) for other in kept)
        if not twin:
            kept.append(name)
    return kept


def _same_family(one: str, other: str) -> bool:
    a, b = all_props().get(one), all_props().get(other)
    return bool(a and b and ((a.afloat and b.afloat) or a.kind is b.kind is Kind.PERSON))


def seat_all(
    names: list[str], backdrop: Backdrop, aspect: Aspect, left: bool, framing: float = 1.0
) -> tuple[Placed, ...]:
    """Who stands where; `framing` above 1 comes closer."""
    seats = backdrop.seating.tall if aspect is Aspect.TALL else backdrop.seating.wide
    narrow = aspect is Aspect.SQUARE and seats is OPEN_AIR.wide  # a third would stand behind the other two
    ground, air = list(seats.ground[:2] if narrow else seats.ground), list(seats.air)
    placed: list[Placed] = []
    for name in names:
        flies = name in FLYERS or (backdrop.stance is Stance.FLOAT and not ground)
        pool = air if (flies and air) or not ground else ground
        if pool:
            seat = pool.pop(0)
            high = pool is air and seat in seats.air
            framed = replace(seat, height=seat.height * framing)
            placed.append(
                _seated(name, framed, backdrop, aspect, left, hero=not placed, high=high, alone=len(names) == 1)
            )
    return tuple(placed)


def _seated(
    name: str, seat: Seat, backdrop: Backdrop, aspect: Aspect, left: bool, *, hero: bool, high: bool, alone: bool
) -> Placed:
    icon = as_icon(name)
    stance = _stance(icon, backdrop, high)
    x = seat.x if left or (aspect is Aspect.TALL and seat.x == 0.5) else 1 - seat.x
    height = seat.height * (_ALONE if alone and not backdrop.indoor else 1.0) * _size(name, backdrop, stance)
    feet = seat.feet
    if stance is Stance.PEEK:
        feet, height = 0.795 + 0.13 * height, height * 0.80
    if stance is Stance.PORTRAIT and not high and backdrop.stance is not Stance.PODIUM:
        feet = seat.feet - 0.06
    return Placed(name, round(x, 4), round(feet, 4), round(height, 4), stance, _flipped(icon, x, aspect, left), hero)


def _stance(icon: Icon, backdrop: Backdrop, high: bool) -> Stance:
    bust = icon.kind is Kind.PERSON and icon.family in _BUSTS and icon.name not in _WHOLE_PEOPLE
    if bust:
        return Stance.PORTRAIT
    if icon.name in all_props() and icon.kind is Kind.PERSON:
        return Stance.STAND
    if backdrop.stance is Stance.SAIL:
        return Stance.FLOAT if high or icon.name in FLYERS else Stance.SAIL
    if high or backdrop.stance is Stance.FLOAT or icon.name in FLYERS:
        return Stance.FLOAT
    if icon.name in _HEADS and backdrop.stance is Stance.STAND:
        return Stance.PEEK
    return backdrop.stance


def _size(name: str, backdrop: Backdrop, stance: Stance) -> float:
    prop = all_props().get(name)
    if prop:
        return prop.size
    if backdrop.indoor or stance in {Stance.PORTRAIT, Stance.FLOAT}:
        return 1.0
    kind = icons()[name].kind
    usual = 0.62 if kind in {Kind.FOOD, Kind.PLAY, Kind.THING} and backdrop.weather else 1.0
    return gazetteer().sizes.get(name, usual)


def _flipped(icon: Icon, x: float, aspect: Aspect, left: bool) -> bool:
    """Everything that looks somewhere looks into the picture. The pack's creatures look left, drawn props right."""
    on_the_left = left if aspect is Aspect.TALL and abs(x - 0.5) < 0.05 else x < 0.5
    if icon.name in all_props():
        return not on_the_left
    looks = icon.kind in {Kind.PERSON, Kind.ANIMAL} or icon.family in SWIFT_FAMILIES or icon.name in VESSELS
    return looks and on_the_left
