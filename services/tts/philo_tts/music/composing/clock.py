"""Beats to seconds: whole bars fitted into the given time, slower towards the end."""

from dataclasses import dataclass

import numpy as np

from philo_tts.music.composing.brief import Brief

RITARDANDO = 0.09


@dataclass(frozen=True, slots=True)
class Clock:
    """Where every beat of a piece lies."""

    beats_a_bar: int
    bars: int
    spare: int
    """Odd beats that a short cue gives to its last bar, or takes from its only one."""
    final: float
    """Seconds at which the last chord is struck."""

    @property
    def beats(self) -> int:
        return self.bars * self.beats_a_bar + self.spare

    @property
    def _slow(self) -> int:
        return min(2 * self.beats_a_bar, self.beats // 3)

    def _stretched(self, beat: float) -> float:
        late = max(0.0, beat - (self.beats - self._slow))
        return beat + RITARDANDO * late * late / max(1, self._slow)

    @property
    def beat_seconds(self) -> float:
        """Length of a beat before the ritardando."""
        return self.final / self._stretched(self.beats)

    def at(self, beat: float) -> float:
        """Seconds at which a beat falls."""
        return self._stretched(beat) * self.beat_seconds


def fitted(brief: Brief) -> Clock:
    """The clock whose last chord has 12 % of the piece (2.6-5.5 s, at most half) to ring out."""
    seconds, beats_a_bar = brief.wish.seconds, brief.mood.beats
    final = seconds - min(float(np.clip(seconds * 0.12, 2.6, 5.5)), seconds / 2)
    wanted = final * brief.dice("tempo").uniform(*brief.tempo) / 60
    bars = max(1, round(wanted / beats_a_bar))
    if abs(bars * beats_a_bar / wanted - 1) <= 0.12:
        return Clock(beats_a_bar, bars, 0, final)
    beats = max(2, round(wanted))
    bars = max(1, beats // beats_a_bar)
    return Clock(beats_a_bar, bars, beats - bars * beats_a_bar, final)
