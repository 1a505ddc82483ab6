"""Which backdrop, and in which colours."""

from __future__ import annotations

from collections.abc import Sequence

from philo_contracts.shapes import Mood, Scene
from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.gazetteer import gazetteer
from philo_render.pictures.matching import Ballot
from philo_render.pictures.matching.ballot import kind_of
from philo_render.pictures.pack import Kind
from philo_render.pictures.palette import DARK_MOODS, indoor, outdoor
from philo_render.pictures.registry import all_backdrops

_HOMES = {Kind.ANIMAL: "animal", Kind.PERSON: "person", Kind.FOOD: "food", Kind.PLACE: "place"}
_AS_GOOD = 0.55
"""A fresh place may win with this share of the votes that a used one has."""


def choose_backdrop(scene: Scene, ballot: Ballot, seed: int, avoid: Sequence[str]) -> Backdrop:
    """Most votes win; a place that earlier scenes used makes room for a near one."""
    wishes = _wishes(scene, ballot, seed)
    best = wishes[0]
    if "storm" in ballot.details and best in {"sea", "coast", "harbour"}:
        best = "storm"
    if best not in avoid:
        return all_backdrops()[best]
    votes = ballot.backdrops
    voted = [name for name in wishes if votes.get(name, 0) >= _AS_GOOD * votes.get(best, 0)]
    order = [*voted, *_relatives(best), *wishes]
    tired = {name: avoid.count(name) + (name == avoid[-1]) for name in order}
    return all_backdrops()[min(order, key=lambda name: (tired[name], order.index(name)))]


def _relatives(name: str) -> list[str]:
    """Places that may stand in for one, and those that may stand in for them, the nearest first."""
    near = gazetteer().kin.get(name, ())
    return list(
        dict.fromkeys([*near, *(far for one in near for far in gazetteer().kin.get(one, ()) if far != name), name])
    )


def _wishes(scene: Scene, ballot: Ballot, seed: int) -> list[str]:
    known = {name: votes for name, votes in ballot.backdrops.items() if name in all_backdrops()}
    if known:
        return sorted(known, key=lambda name: (-known[name], name))
    homes = gazetteer().homes[_home(scene, ballot)]
    start = seed % len(homes)
    return [*homes[start:], *homes[:start]]


def _home(scene: Scene, ballot: Ballot) -> str:
    ranked = ballot.ranked()
    if ranked:
        return _HOMES.get(kind_of(ranked[0][0]), "thing")
    if scene.language.startswith("zh"):
        return "chinese"
    return "dark" if scene.mood in DARK_MOODS else "light"


def choose_palette(scene: Scene, backdrop: Backdrop, details: frozenset[str], turn: int) -> str:
    """The place's own colours, the hour's, or the mood's; `turn` picks among them."""
    names = _palettes(scene, backdrop, details)
    return names[turn % len(names)]


def _palettes(scene: Scene, backdrop: Backdrop, details: frozenset[str]) -> tuple[str, ...]:
    dark = "night" in details or scene.mood is Mood.SCARY
    if dark and backdrop.night:
        return ("rose",) if scene.mood is Mood.ROMANTIC and "midnight" in backdrop.night else backdrop.night
    if backdrop.indoor:
        return backdrop.palettes or indoor(scene.mood)
    hour = next((gazetteer().hours[hour] for hour in gazetteer().hours if hour in details), ())
    if not backdrop.palettes:
        return hour or outdoor(scene.mood)
    shared = tuple(name for name in hour if name in backdrop.palettes)
    wet = backdrop.weather and not backdrop.lamplit and "rain" in details
    return shared or (hour if wet else backdrop.palettes)
