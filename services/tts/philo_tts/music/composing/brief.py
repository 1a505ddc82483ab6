"""What the composer works from: the wish with the rules of its mood and genre."""

from dataclasses import dataclass

import numpy as np

from philo_tts.music.rules.shapes import GenreRules, MoodRules, Rhythm
from philo_tts.music.rules.tables import GENRES, MOODS, RHYTHMS
from philo_tts.music.score import Role
from philo_tts.music.wish import Wish

OWN_RHYTHMS = ("timp", "taiko", "heart")
"""Rhythms that belong to a mood and that no genre replaces."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A wish, its mood's rules, and what its genre overrides."""

    wish: Wish
    mood: MoodRules
    genre: GenreRules

    def dice(self, stage: str) -> np.random.Generator:
        """Chance for one stage."""
        return self.wish.dice(stage)

    @property
    def tempo(self) -> tuple[float, float]:
        return self.genre.tempo or self.mood.tempo

    @property
    def figures(self) -> list[str]:
        """What the keys play; a genre's figures are in four, so a waltz keeps the mood's."""
        return self.genre.figures if self.genre.figures and self.mood.beats == 4 else self.mood.figures

    @property
    def colours(self) -> list[Role]:
        return [role for role in self.mood.colours if role != "pulse" or self.genre.pulse]

    @property
    def rhythm_name(self) -> str:
        """Name of the rhythm, or an empty text for none; a waltz has none."""
        if self.mood.beats == 3:
            return ""
        if self.mood.rhythm in OWN_RHYTHMS or self.genre.rhythm is None:
            return self.mood.rhythm
        return self.genre.rhythm if self.mood.rhythm or self.genre.always_rhythm else ""

    @property
    def rhythm(self) -> Rhythm | None:
        return RHYTHMS.get(self.rhythm_name)


def briefed(wish: Wish) -> Brief:
    """The brief of a wish."""
    return Brief(wish, MOODS[wish.mood], GENRES[wish.genre])
