"""A scene's words become a composition."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from philo_contracts.shapes import Aspect, Scene
from philo_render.pictures.choosing import choose_backdrop, choose_palette
from philo_render.pictures.composition import Composition, Size, aspect_of
from philo_render.pictures.matching import read_scene
from philo_render.pictures.seating import cast_of, seat_all

_FRAMINGS = (1.0, 0.82, 1.14)
"""How large things stand when a place is seen for the first, the second, the third time in a film."""


def compose(scene: Scene, size: Size, *, seed: int, avoid: Sequence[str] = (), look: str = "paper") -> Composition:
    """Decide what to show. `avoid` names the backdrops of earlier scenes of the film, in their order; `look` is a name
    of `all_looks`, it changes nothing of what is shown.

    The same scene, shape of `size`, seed and `avoid` always decide alike; size itself only matters by its shape.
    """
    dice = zlib.crc32(f"{seed}|{scene.narration}|{scene.visual_prompt}".encode())
    ballot = read_scene(scene)
    details = frozenset(ballot.details)
    backdrop = choose_backdrop(scene, ballot, dice, avoid)
    aspect = aspect_of(size)
    places, uses = [*avoid, backdrop.name], list(avoid).count(backdrop.name)
    left = _side(places)
    names = cast_of(ballot, backdrop, aspect is Aspect.TALL)
    placed = seat_all(names, backdrop, aspect, left, _FRAMINGS[uses % len(_FRAMINGS)])
    return Composition(
        seed=dice,
        aspect=aspect,
        backdrop=backdrop.name,
        palette=choose_palette(scene, backdrop, details, _hour(places)),
        left=left,
        details=tuple(sorted(details)),
        illustrations=placed,
        look=look,
    )


def _side(places: Sequence[str]) -> bool:
    """Whether the hero at the last of the film's places stands left: elsewhere than the last one there, or just before."""
    left, last = zlib.crc32(places[0].encode()) % 2 == 0, dict[str, bool]()
    for place in places:
        left = not last.get(place, left)
        last[place] = left
    return left


def _hour(places: Sequence[str]) -> int:
    """Which of a place's colours its last visit has: others each time, and others than elsewhere in the film."""
    return zlib.crc32(f"{places[0]}|{places[-1]}".encode()) + places[:-1].count(places[-1])
