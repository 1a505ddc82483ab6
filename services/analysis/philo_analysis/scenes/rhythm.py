"""The pace of a film: how long one picture should stand, by what the words feel like."""

from __future__ import annotations

from collections.abc import Sequence

from philo_analysis.scenes.feelings import votes
from philo_analysis.scenes.pacing import IDEAL
from philo_analysis.scenes.passages import Unit
from philo_contracts.shapes import Mood

_QUICK = (Mood.DRAMATIC, Mood.SCARY, Mood.HAPPY)
_SLOW = (Mood.CALM, Mood.SAD, Mood.ROMANTIC, Mood.MYSTERIOUS)
_RANGE = 1.0
_DOUBT = 5.0
_MOST_READ = 6_000


def ideal_seconds(units: Sequence[Unit]) -> float:
    """Seconds that a scene should last: 6.5 where much happens, 8.5 where the words linger, 7.5 between them.

    Of a long text the beginning is heard.
    """
    text, length = [], 0
    for unit in units:
        text.append(unit.text)
        length += len(unit.text)
        if length > _MOST_READ:
            break
    felt = votes("\n".join(text))
    quick, slow = (sum(felt[mood] for mood in moods) for moods in (_QUICK, _SLOW))
    return IDEAL + _RANGE * (slow - quick) / (slow + quick + _DOUBT)
