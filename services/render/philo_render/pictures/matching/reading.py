"""Reads a scene: what it shows, what it says, and softly its title and tags."""

from __future__ import annotations

from philo_contracts.shapes import Mood, Scene
from philo_render.pictures.matching.ballot import Ballot
from philo_render.pictures.matching.chinese import read_chinese
from philo_render.pictures.matching.elsewhere import glossed
from philo_render.pictures.matching.english import read_english

_SCARE = 2.2
"""Enough to win where nothing else is named; a cellar or a forest by night is as uncanny as the moor."""


def read_scene(scene: Scene) -> Ballot:
    ballot = Ballot()
    for text, boost, aside in _parts(scene):
        read_english(text, ballot, boost, aside)
        read_chinese(text, ballot, boost, aside)
    read_english(glossed(scene.narration, scene.language), ballot, 1.0, aside=False)
    if scene.mood is Mood.SCARY:
        ballot.backdrops["moor"] = ballot.backdrops.get("moor", 0) + _SCARE
    return ballot


def _parts(scene: Scene) -> list[tuple[str, float, bool]]:
    """Text, weight, and whether it is said aside."""
    parts = [(scene.narration, 1.0, False)]
    if scene.visual_prompt.strip() and scene.visual_prompt.strip() != scene.narration.strip():
        parts.append((scene.visual_prompt, 1.0, False))
    parts.append((" . ".join(scene.tags), 0.8, True))
    parts.append((scene.title, 0.5, True))
    return parts
