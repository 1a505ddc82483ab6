"""What is wished for, checked, and the chance that belongs to it."""

import hashlib
import math
from dataclasses import dataclass

import numpy as np

from philo_contracts.shapes import Mood
from philo_tts.music.errors import UnplayableWish
from philo_tts.music.genres import nearest_genre

SHORTEST = 3.0
LONGEST = 1800.0


@dataclass(frozen=True, slots=True)
class Wish:
    """A mood, a genre, a length and a seed; equal wishes give equal pieces."""

    mood: Mood
    seconds: float
    genre: str
    seed: int

    def dice(self, stage: str) -> np.random.Generator:
        """Chance for one stage, so that a change in one leaves the others as they were."""
        text = f"{self.mood}/{self.genre}/{self.seconds:.3f}/{self.seed}/{stage}"
        return np.random.Generator(np.random.PCG64(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")))


def checked(mood: Mood | str, seconds: float, genre: str, seed: int) -> Wish:
    """The wish, if it can be played, with the nearest genre. Raises UnplayableWish with the reason."""
    if mood not in list(Mood):
        raise UnplayableWish(f"There is no mood {mood!r}; choose one of {', '.join(Mood)}.")
    if not math.isfinite(seconds) or not SHORTEST <= seconds <= LONGEST:
        raise UnplayableWish(f"Music lasts from {SHORTEST:g} to {LONGEST:g} seconds, not {seconds}.")
    return Wish(Mood(mood), float(seconds), nearest_genre(genre).genre, int(seed))
