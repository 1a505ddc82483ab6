"""Silence where the punctuation asks for it, whatever the engine made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from philo_tts.speech import Token
from philo_tts.voices.reading import Sound
from philo_tts.voices.speech import RATE

RESTS = {",": 0.12, "—": 0.34, ";": 0.34, ":": 0.3, "…": 0.5, ".": 0.0, "!": 0.2, "?": 0.2}
"""Seconds at least between two words of one passage, by the mark between them; natural pace."""
_FADE = round(0.006 * RATE)
_LOOK = round(0.05 * RATE)
"""Samples around the end of a word, where the quietest place is looked for."""

Spans = tuple[tuple[float, float], ...]


def rested(sound: Sound, tokens: Sequence[Token], pace: float) -> Sound:
    """`sound` with silence put in where it is shorter than its mark asks for; the times of what follows move along."""
    gaps = [(word, RESTS.get(token.pause, 0.0) / pace) for word, token in _ends(tokens)][:-1]
    pieces: list[NDArray[np.float32]] = []
    spans = list(sound.spans)
    cut = moved = 0
    for word, wished in gaps:
        (_, end), (start, _) = spans[word], spans[word + 1]
        missing = round((wished - (start - end)) * RATE)
        if missing <= 0:
            continue
        at = max(_quietest(sound.samples, (end + start) / 2 - moved / RATE), cut)
        pieces += [_faded(sound.samples[cut:at], opening=bool(cut)), np.zeros(missing, np.float32)]
        cut, moved = at, moved + missing
        spans[word + 1 :] = _later(spans[word + 1 :], missing / RATE)
    if not pieces:
        return sound
    return Sound(np.concatenate([*pieces, _faded(sound.samples[cut:], opening=True, closing=False)]), tuple(spans))


def _ends(tokens: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """The place of each token's last spoken word among all spoken words."""
    counts = accumulate(len(token.spoken) for token in tokens)
    return ((count - 1, token) for count, token in zip(counts, tokens, strict=True))


def _quietest(samples: NDArray[np.float32], seconds: float) -> int:
    first = max(round(seconds * RATE) - _LOOK, 0)
    around = np.abs(samples[first : round(seconds * RATE) + _LOOK])
    if len(around) <= _FADE:
        return min(first, len(samples))
    energy = np.convolve(around, np.ones(_FADE), mode="valid")
    return first + int(energy.argmin()) + _FADE // 2


def _faded(piece: NDArray[np.float32], *, opening: bool, closing: bool = True) -> NDArray[np.float32]:
    """Without a step at an edge that was cut: no click."""
    piece = piece.copy()
    length = min(_FADE, len(piece))
    ramp = np.linspace(0, 1, length, dtype=np.float32)
    if opening and length:
        piece[:length] *= ramp
    if closing and length:
        piece[-length:] *= ramp[::-1]
    return piece


def _later(spans: Sequence[tuple[float, float]], seconds: float) -> list[tuple[float, float]]:
    return [(start + seconds, end + seconds) for start, end in spans]
