"""Which words of a cue shine at a moment: the spoken one comes while the one before it goes."""

from __future__ import annotations

from collections.abc import Sequence

from philo_render.film.words import CueWord

EARLY = 0.045
"""Seconds before its sound: half lit when it sounds."""
RISE = 0.09
HOLD = 0.12
"""After its end the last word keeps shining this long, and then fades out in `FALL`."""
FALL = 0.15


def lit(words: Sequence[CueWord], seconds: float) -> list[tuple[int, float]]:
    """(Index, light 0..1) of every word that shines at `seconds` of the chunk; at most two."""
    current = max((i for i, word in enumerate(words) if seconds >= word.start - EARLY), default=None)
    if current is None:
        return []
    risen = min(1.0, (seconds - words[current].start + EARLY) / RISE)
    if current == len(words) - 1:
        risen *= max(0.0, 1.0 - max(0.0, seconds - words[current].end - HOLD) / FALL)
    shining = [(current, risen)]
    if current and risen < 1.0 and seconds < words[current].start - EARLY + RISE:
        shining.insert(0, (current - 1, 1.0 - risen))
    return [(index, light) for index, light in shining if light > 0.0]
