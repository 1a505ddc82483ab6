"""Which part of a sound belongs to which word.

A voice says phonemes with exact times, but runs small words together ("from the" is one group). Each word is therefore
phonemised alone as well, and both lines of phonemes are aligned as a whole (Needleman and Wunsch, 1970).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = " "
UNKNOWN = "\0"  # the sound of a word that no phonemes are known of
_SKIP = 1.0
_SKIP_GAP = 0.25
_NEVER = 1e9
_VOWELS = frozenset("aeiouyæɐɑɒɔəɚɛɜɝɤɨɪɯɵɶøœʉʊʌʏ")


@dataclass(frozen=True, slots=True)
class Phone:
    """One phoneme, or a gap between words, from `start` to `end` (samples or seconds)."""

    symbol: str
    start: float
    end: float


def word_spans(heard: Sequence[Phone], words: Sequence[str]) -> list[tuple[float, float]]:
    """When each of `words` (phonemes of each alone) is heard in `heard`: in order, without overlap, every one present."""
    if not heard or not words:
        return [(0.0, 0.0)] * len(words)
    words = [word or UNKNOWN for word in words]
    written = [(symbol, index) for index, word in enumerate(words) for symbol in (*word, GAP)][:-1]
    owners = _owners([phone.symbol for phone in heard], written)
    spans: list[tuple[float, float]] = []
    at = 0
    for index in range(len(words)):
        own = [place for place, owner in enumerate(owners) if owner == index and heard[place].symbol != GAP]
        if own:
            spans.append((heard[own[0]].start, heard[own[-1]].end))
            at = own[-1]
        else:
            spans.append((heard[at].end, heard[at].end))
    return _with_room(spans, words)


def _owners(heard: Sequence[str], written: Sequence[tuple[str, int]]) -> list[int]:
    """For each heard symbol the word that it is a part of."""
    back = _paths(heard, [symbol for symbol, _ in written])
    owners = [0] * len(heard)
    row, column = len(heard), len(written)
    while row:
        step = back[row][column]
        if step == "written":
            column -= 1
            continue
        row -= 1
        column -= step == "both"
        owners[row] = written[min(column, len(written) - 1)][1] if step == "both" else written[max(column - 1, 0)][1]
    return owners


def _paths(heard: Sequence[str], written: Sequence[str]) -> list[list[str]]:
    above = [0.0]
    back = [["", *("written" for _ in written)]]
    for symbol in written:
        above.append(above[-1] + _skip(symbol))
    for sound in heard:
        row = [above[0] + _skip(sound)]
        steps = ["heard"]
        for column, symbol in enumerate(written, 1):
            cost, step = min(
                (above[column - 1] + _exchange(sound, symbol), "both"),
                (above[column] + _skip(sound), "heard"),
                (row[-1] + _skip(symbol), "written"),
            )
            row.append(cost)
            steps.append(step)
        above = row
        back.append(steps)
    return back


def _skip(symbol: str) -> float:
    return _SKIP_GAP if symbol == GAP else _SKIP


def _exchange(sound: str, symbol: str) -> float:
    if sound == symbol:
        return 0.0
    if GAP in (sound, symbol):
        return _NEVER
    return 0.6 if (sound in _VOWELS) == (symbol in _VOWELS) else 1.4


def _with_room(spans: list[tuple[float, float]], words: Sequence[str]) -> list[tuple[float, float]]:
    """A word that was swallowed shares the time of the one before it (or after it), by the number of phonemes."""
    spans = list(spans)
    for index, (start, end) in enumerate(spans):
        if end > start:
            continue
        other = index - 1 if index else next((place for place, span in enumerate(spans) if span[1] > span[0]), index)
        first, last = sorted((index, other))
        low, high = spans[other]
        part = len(words[first]) / (len(words[first]) + len(words[last]))
        cut = low + (high - low) * part
        spans[first], spans[last] = (low, cut), (cut, high)
    return spans
