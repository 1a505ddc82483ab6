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
from philo_render.pictures.seating import as_icon

_HOMES = {Kind.ANIMAL: "animal", Kind.PERSON: "person", Kind.FOOD: "food", Kind.PLACE: "place"}
_AS_GOOD = 0.55
"""A fresh place may win with this share of the votes that a used one has."""
_HINT = 0.4
"""A place with less than this share of the hero's votes is only hinted at: it is not worth leaving the hero out."""


def choose_backdrop(scene: Scene, ballot: Ballot, seed: int, avoid: Sequence[str]) -> Backdrop:
    """Most votes win; a place that earlier scenes used makes room for a near one, where the hero can be if the words
    are about somebody rather than about the place."""
    wishes = _wishes(scene, ballot, seed)
    best = wishes[0]
    if "storm" in ballot.details and best in {"sea", "coast", "harbour"}:
        best = "storm"
    if best not in avoid:
        return all_backdrops()[best]
    votes = ballot.backdrops
    voted = [name for name in wishes if votes.get(name, 0) >= _AS_GOOD * votes.get(best, 0)]
    near, far = _relatives(best)
    order = list(dict.fromkeys([*voted, *near, *far, best, *wishes]))
    leads = max((points for _, points in ballot.ranked()), default=0.0) > votes.get(best, 0)
    worn = {name: avoid.count(name) + (name == avoid[-1]) for name in order}
    worse = {name: worn[name] + (name in far) + (leads and not _takes(name, ballot)) for name in order}
    return all_backdrops()[min(order, key=lambda name: (worse[name], order.index(name)))]


def _relatives(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Places that may stand in for one, and those that may stand in for them, the nearest first."""
    near = gazetteer().kin.get(name, ())
    further = (far for one in near for far in gazetteer().kin.get(one, ()))
    return near, tuple(far for far in dict.fromkeys(further) if far not in {name, *near})


def _takes(name: str, ballot: Ballot) -> bool:
    """Whether one of those whom the words name most can be there."""
    ranked = ballot.ranked()
    fair = [who for who, points in ranked if points >= _AS_GOOD * ranked[0][1]]
    return not fair or any(all_backdrops()[name].admits(as_icon(who)) for who in fair)


def _wishes(scene: Scene, ballot: Ballot, seed: int) -> list[str]:
    least = _HINT * max((points for _, points in ballot.ranked()), default=0.0)
    known = {
        name: votes
        for name, votes in ballot.backdrops.items()
        if name in all_backdrops() and (votes >= least or _takes(name, ballot))
    }
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
