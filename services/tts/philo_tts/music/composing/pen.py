"""The pen that writes notes: beats to seconds, with the small unevenness of a player's hand."""

import numpy as np

from philo_tts.music.composing.bars import Bar
from philo_tts.music.composing.clock import Clock
from philo_tts.music.score import Instrument, Note, Role

SOFTEST, HARDEST = 18.0, 107.0
SHORTEST_NOTE = 0.06
UNEVEN_VELOCITY = 3.0


class Pen:
    """Collects the notes of one part of a piece, with a chance of its own."""

    def __init__(self, clock: Clock, dice: np.random.Generator) -> None:
        self._clock, self._dice = clock, dice
        self.notes: list[Note] = []

    def write(
        self,
        bar: Bar,
        role: Role,
        key: int,
        velocity: float,
        *,
        beats: float,
        after: float = 0.0,
        scatter: float = 0.008,
        instrument: Instrument | None = None,
    ) -> None:
        """Adds a note that begins so many beats after the bar does and lasts for `beats`.

        scatter is the spread of its start in seconds, cut at two sigma; without an instrument the role's own plays.
        """
        start = max(0.0, self._clock.at(bar.at + after) + self._late(scatter))
        stop = max(start + SHORTEST_NOTE, self._clock.at(bar.at + after + beats))
        struck = float(np.clip(velocity + self._dice.normal(0, UNEVEN_VELOCITY), SOFTEST, HARDEST))
        self.notes.append(Note(start, stop - start, int(key), struck, role, instrument or bar.band[role]))

    def _late(self, scatter: float) -> float:
        return float(np.clip(self._dice.normal(0, scatter), -2 * scatter, 2 * scatter))
