"""Which transition leads into a scene: by the turn that its mood takes, and by whether it is another place."""

from __future__ import annotations

from collections.abc import Sequence

from philo_contracts.shapes import Mood, Scene
from philo_render.film.format import Format
from philo_render.film.rhythm import RHYTHM

DRIFTING = frozenset({"crossfade"})
"""While these last, both pictures drift the same way; all others bring their own movement."""

_TENSION = {Mood.SCARY: 3, Mood.DRAMATIC: 3, Mood.EPIC: 2, Mood.MYSTERIOUS: 1, Mood.SAD: 1, Mood.SERIOUS: 1}
_TURN = 2
"""A rise of tension by this much is a dramatic turn."""


def choose(scenes: Sequence[Scene], wish: str = "auto") -> tuple[str, ...]:
    """The name of the transition into each scene but the first. A `wish` other than "auto" is followed everywhere.

    Paper is torn once, at the greatest turn; sorrow comes out of the dark; a new place is a new stage, with two other
    transitions at least before the next one; everything else dissolves.
    """
    if wish != "auto":
        return (wish,) * max(0, len(scenes) - 1)
    torn = _turn(scenes)
    names: list[str] = []
    for index in range(1, len(scenes)):
        quiet = _quiet(scenes[index - 1], scenes[index], lately=names[-2:])
        names.append("torn_paper" if index == torn else quiet)
    return tuple(names)


def around(names: Sequence[str], index: int) -> tuple[str, str]:
    """Of what `choose` gave, the transitions into and out of a scene; "" before the first and after the last."""
    return names[index - 1] if index else "", names[index] if index < len(names) else ""


def crossing_frames(name: str, format_: Format) -> int:
    """Even, because half of a transition lies on either side of the cut."""
    seconds = {"cut": 0.0, "stage_change": RHYTHM.stage_change, "torn_paper": RHYTHM.torn_paper}
    return 2 * format_.frames(seconds.get(name, RHYTHM.crossfade) / 2)


def _turn(scenes: Sequence[Scene]) -> int | None:
    """The scene that the greatest rise of tension leads into; of equals the later one, where stories turn."""
    rises = [(_tension(scenes[index]) - _tension(scenes[index - 1]), index) for index in range(1, len(scenes))]
    rise, index = max(rises, default=(0, 0))
    return index if rise >= _TURN else None


def _tension(scene: Scene) -> int:
    return _TENSION.get(scene.mood, 0)


def _quiet(former: Scene, scene: Scene, *, lately: Sequence[str]) -> str:
    if scene.mood is Mood.SAD and former.mood is not Mood.SAD:
        return "dip_to_dark"
    if _is_new_place(former, scene) and "stage_change" not in lately:
        return "stage_change"
    return "crossfade"


def _is_new_place(former: Scene, scene: Scene) -> bool:
    """What scenes are tagged with is what they show; without anything in common they are far apart."""
    return bool(former.tags and scene.tags) and not set(former.tags) & set(scene.tags)
