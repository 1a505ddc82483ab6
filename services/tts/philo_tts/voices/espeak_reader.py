"""espeak-ng as a reader: every language that no neural voice speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from philo_tts.speech import Token
from philo_tts.voices.espeak_library import say
from philo_tts.voices.mastering import FLOOR
from philo_tts.voices.reading import Sound
from philo_tts.voices.speech import RATE

WORDS_A_MINUTE = {"cmn": 200, "yue": 205, "ja": 190}
NATURAL = 165
SLOWEST, FASTEST = 80, 450  # what espeak-ng takes
_CLOSE = frozenset({"cmn", "yue", "ja"})
"""Written without blanks: a blank would break the words of the voice's dictionary."""
_FULL_WIDTH = {",": "，", ".": "。", "!": "！", "?": "？", ";": "；", ":": "：", "—": "，", "…": "，"}
_MARKS = {"—": ",", "…": ","}


class EspeakReader:
    """`voice` is espeak-ng's own name, with a variant if need be: `cmn+f3`."""

    def __init__(self, voice: str) -> None:
        self._voice = voice
        self._language = voice.partition("+")[0]

    def read(self, tokens: Sequence[Token], pace: float) -> Sound:
        text, places = self._script(tokens)
        wished = round(WORDS_A_MINUTE.get(self._language, NATURAL) * pace)
        said = say(text, self._voice, min(max(wished, SLOWEST), FASTEST))
        samples = np.divide(said.pcm, 32768, dtype=np.float32)
        rests = {place for place, token in _last_words(tokens) if token.pause}
        times = spans(places, said.events, len(samples) / RATE)
        return Sound(samples, tuple(_heard(samples, span) if at in rests else span for at, span in enumerate(times)))

    def _script(self, tokens: Sequence[Token]) -> tuple[str, list[tuple[int, int]]]:
        """The text for the engine, and where in it each spoken word stands."""
        text = ""
        places: list[tuple[int, int]] = []
        for token in tokens:
            for word in token.spoken:
                close = self._language in _CLOSE and not (word[:1].isascii() and text[-1:].isascii())
                text += "" if close or not text else " "
                places.append((len(text), len(text) + len(word)))
                text += word
            text += (
                _FULL_WIDTH.get(token.pause, "") if self._language in _CLOSE else _MARKS.get(token.pause, token.pause)
            )
        return text, places


def _last_words(tokens: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """The place of each token's last spoken word among all spoken words."""
    return ((count - 1, token) for count, token in zip(accumulate(len(t.spoken) for t in tokens), tokens, strict=True))


def _heard(samples: NDArray[np.float32], span: tuple[float, float]) -> tuple[float, float]:
    """The span without the silence at its end: the engine counts a pause to the word before it."""
    start, end = span
    loud = np.flatnonzero(np.abs(samples[round(start * RATE) : round(end * RATE)]) > FLOOR)
    return (start, min(end, start + (int(loud[-1]) + 1) / RATE)) if len(loud) else span


def spans(
    places: Sequence[tuple[int, int]], events: Sequence[tuple[int, float]], duration: float
) -> tuple[tuple[float, float], ...]:
    """When each word is heard. The engine tells the beginning of some words; those between share the time by length."""
    begins: dict[int, float] = {}
    for character, seconds in events:
        word = next((index for index, (first, last) in enumerate(places) if first <= character < last), None)
        if word is not None:
            begins.setdefault(word, seconds)
    begins.setdefault(0, 0.0)
    known = sorted(begins)
    edges = [*accumulate((begins[word] for word in known), max), duration]  # in order, whatever the engine tells
    found: list[tuple[float, float]] = []
    for word, following, start, end in zip(known, [*known[1:], len(places)], edges, edges[1:], strict=False):
        found.extend(_shared(start, max(start, end), places[word:following]))
    return tuple(found)


def _shared(start: float, end: float, places: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    total = sum(last - first for first, last in places)
    at = start
    parts: list[tuple[float, float]] = []
    for first, last in places:
        step = (end - start) * (last - first) / total
        parts.append((at, at + step))
        at += step
    return parts
