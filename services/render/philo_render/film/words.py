"""Spoken words as they can be set: kinsoku-safe pieces that fit a line, with their times kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import grapheme  # type: ignore[import-untyped]

from philo_contracts.shapes import Value, Word
from philo_render.film.binding import bound
from philo_render.film.writing import NO_END, NO_START, Measure, is_glued

_BEFORE_THEIR_CONSONANT = frozenset("เแโใไເແໂໃໄ")
"""Vowels of Thai and Lao, which are written before the consonant they follow."""


class CueWord(Value):
    """A word on the screen; `space` says whether a space is written before it.

    Times are seconds, in a cue counted from its start.
    """

    text: str
    start: float
    end: float
    space: bool


def setting(words: Sequence[Word], measure: Measure) -> tuple[CueWord, ...]:
    """Words -> pieces that may stand at either end of a line and are no wider than one."""
    square = measure.wide == 1.0
    whole = _spaced(bound(_heard(words), square=square), square=square)
    return tuple(piece for word in whole for piece in _pieces(word, measure))


def _heard(words: Sequence[Word]) -> Iterator[Word]:
    """Times that never run backwards, text without stray blanks."""
    clock = 0.0
    for word in words:
        text = " ".join(word.text.split())
        if not text:
            continue
        start = max(clock, word.start)
        clock = start
        yield Word(text=text, start=start, end=max(start, word.end))


def _spaced(words: Iterable[Word], *, square: bool) -> Iterator[CueWord]:
    before = ""
    for word in words:
        yield CueWord(
            text=word.text, start=word.start, end=word.end, space=not is_glued(before, word.text, square=square)
        )
        before = word.text


def _pieces(word: CueWord, measure: Measure) -> Iterator[CueWord]:
    """A word wider than a line is parted between graphemes; its time is shared by width."""
    total = measure.width(word.text)
    if total <= measure.line:
        yield word
        return
    done = 0.0
    for index, text in enumerate(_parted(word.text, measure)):
        share = measure.width(text)
        length = word.end - word.start
        yield CueWord(
            text=text,
            start=word.start + length * done / total,
            end=word.start + length * (done + share) / total,
            space=word.space and index == 0,
        )
        done += share


def _parted(text: str, measure: Measure) -> Iterator[str]:
    line: list[str] = []
    for cluster in grapheme.graphemes(text):
        if line and measure.width("".join(line) + cluster) > measure.line:
            keep = _kinsoku_border(line, cluster)
            yield "".join(line[:keep])
            line = line[keep:]
        line.append(cluster)
    yield "".join(line)


def _kinsoku_border(line: list[str], following: str) -> int:
    """Where to break `line` so that neither side offends; at its end if no better place is near."""
    for cut in range(len(line), max(0, len(line) - 4), -1):
        first = line[cut] if cut < len(line) else following
        if line[cut - 1] not in NO_END | _BEFORE_THEIR_CONSONANT and first not in NO_START:
            return cut
    return len(line)
