"""What a film feels like, by what its scenes do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from philo_contracts.shapes import Mood, Scene


def mood_of(scenes: Iterable[Scene]) -> Mood:
    """The one that most of a film's words are told in; a mood beats none. There is at least one scene."""
    share: Counter[Mood] = Counter()
    for scene in scenes:
        share[scene.mood] += len(scene.narration)
    felt = [mood for mood in share if mood is not Mood.NEUTRAL]
    return max(felt or share, key=share.__getitem__)
