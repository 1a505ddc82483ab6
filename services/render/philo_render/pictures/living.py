"""Who can live where: no elephant under water, no bed out of doors. Data first, then the rules backdrops name."""

from __future__ import annotations

from philo_render.pictures.pack import Icon, Kind


def set_of(listed: str) -> frozenset[str]:
    """A blank-separated list as a set."""
    return frozenset(listed.split())


SWIMMERS = set_of(
    """fish tropical-fish blowfish whale spouting-whale dolphin shark octopus squid crab lobster jellyfish coral
    seal turtle spiral-shell oyster shrimp merman mermaid"""
)
VESSELS = set_of(
    """sailboat ship speedboat passenger-ship ferry motor-boat fishing-boat rowing-boat sailing-ship junk
    man-surfing woman-surfing ring-buoy"""
)
FLYERS = set_of(
    """airplane small-airplane hot-air-balloon airplane-departure helicopter balloon
    kite dove eagle butterfly honeybee rocket
    flying-saucer parachute ghost bat satellite ringed-planet love-letter red-heart sparkling-heart fireworks
    musical-note musical-notes owl phoenix-bird woman-fairy man-superhero woman-superhero goose swan-x blackbird"""
)
SPACEFARERS = set_of(
    """rocket man-astronaut woman-astronaut satellite flying-saucer alien ringed-planet telescope satellite-antenna
    robot"""
)
SWIFT_FAMILIES = frozenset({54, 55, 56, 34, 35})
"""Vehicles and animals: they look where they go, so they are turned to face the picture's middle."""

DRAWN = -1
"""The family of drawn props."""

_INDOOR_FAMILIES = frozenset({66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 79, 80, 81, 82})
_TOOLS = set_of(
    """hammer hammer-and-pick hammer-and-wrench carpentry-saw wrench screwdriver nut-and-bolt gear clamp balance-scale
    link chains broken-chain toolbox magnet"""
)
"""Beside hills and trees they would be as large as a house."""
_FURNITURE = frozenset({"lamp"})
_LANDMARKS = frozenset({49, 50, 51, 52})
_HAUNTING = set_of("""derelict-house ghost bat skull headstone dagger wolf spider coffin owl jack-o-lantern axe""")
_WARLIKE = set_of(
    """castle crossed-swords shield military-helmet horse bomb crown bow-and-arrow dagger soldier soldiers king"""
)


_TOO_LARGE = set_of(
    """horse camel two-hump-camel elephant giraffe rhinoceros hippopotamus bison ox water-buffalo cow deer moose zebra
    lion tiger bear polar-bear gorilla crocodile kangaroo llama donkey whale dinosaur sauropod t-rex mammoth dragon"""
)


_ASHORE = frozenset({"turtle", "crab", "seal"})
_BUILDINGS = frozenset({"cottage", "lighthouse", "hot-air-balloon"})


def at_sea(icon: Icon) -> bool:
    return icon.name in VESSELS or icon.name in SWIMMERS or (icon.name in FLYERS and icon.kind is Kind.ANIMAL)


def under_water(icon: Icon) -> bool:
    return icon.name in SWIMMERS


def in_space(icon: Icon) -> bool:
    return icon.name in SPACEFARERS


def in_the_air(icon: Icon) -> bool:
    return icon.name in FLYERS


def out_of_doors(icon: Icon) -> bool:
    """Land that is no sea: not ships, not fish, no furniture, no office."""
    if icon.name in VESSELS or (icon.name in SWIMMERS and icon.name not in _ASHORE):
        return False
    if icon.name in _TOOLS or icon.name in _FURNITURE:
        return False
    return icon.name in {"red-paper-lantern", "telescope"} or icon.family not in _INDOOR_FAMILIES


def in_town(icon: Icon) -> bool:
    """A street: people, animals, vehicles; the houses are there already."""
    if not out_of_doors(icon) or icon.kind not in {Kind.PERSON, Kind.ANIMAL, Kind.PLACE}:
        return icon.name in {"umbrella", "rose", "briefcase", "love-letter"}
    return icon.family not in _LANDMARKS and icon.name != "cottage"


def in_a_room(icon: Icon) -> bool:
    if icon.name in VESSELS or icon.name in SWIMMERS or icon.name in _TOO_LARGE or icon.name in _BUILDINGS:
        return False
    return icon.family not in {50, 51, 52, 54, 55, 56}


def on_a_shelf(icon: Icon) -> bool:
    """Things to look at; paper people would be dolls among them."""
    return in_a_room(icon) and not (icon.kind is Kind.PERSON and icon.family == DRAWN)


def haunting(icon: Icon) -> bool:
    return icon.name in _HAUNTING


def warlike(icon: Icon) -> bool:
    return icon.name in _WARLIKE


def things(icon: Icon) -> bool:
    """For ideas and screens: things, no creatures or food."""
    return icon.kind in {Kind.FEELING, Kind.PLAY, Kind.THING}


def nothing(_: Icon) -> bool:
    return False
