"""Who plays: the instruments drawn for a piece, shaded by the mood."""

from dataclasses import replace

import numpy as np

from philo_tts.music.composing.brief import Brief
from philo_tts.music.rules.shapes import MoodRules
from philo_tts.music.rules.tables import CASTS, TRIM
from philo_tts.music.score import Instrument, Role

Band = dict[Role, Instrument]
OPENNESS = 2.0
"""Low passes of the casts were set with a mood of half darkness in mind."""


def shaded(role: Role, instrument: Instrument, mood: MoodRules) -> Instrument:
    """The instrument as this mood wants it: low pass and level."""
    return replace(
        instrument,
        top=min(20_000.0, instrument.top * OPENNESS * mood.dark),
        level=instrument.level + TRIM.get(role, 0) + (mood.trim or {}).get(role, 0),
        struck=role == "drums",
    )


def drawn(brief: Brief, dice: np.random.Generator) -> Band:
    """One instrument for each role."""
    return {
        role: shaded(role, choices[int(dice.integers(len(choices)))], brief.mood)
        for role, choices in CASTS[brief.wish.genre].items()
    }


def recast(band: Band, brief: Brief, dice: np.random.Generator) -> Band:
    """The same band with other keys, pad and lead: a later part of a long piece."""
    fresh = drawn(brief, dice)
    return {role: fresh[role] if role in {"keys", "pad", "lead"} else band[role] for role in band}
