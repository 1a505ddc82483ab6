"""Words set on one line: which face writes what, in which direction, and where every word comes to stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import grapheme  # type: ignore[import-untyped]

from philo_render.film.bidi import levels, visual
from philo_render.film.fallback import IGNORABLE, Chain, runs, writable
from philo_render.film.fonts import Face, coverage, font
from philo_render.film.writing import CLOSERS, DASHES, FULL_STOPS, NO_END, PAUSES

EMOJI_ADVANCE = 1.18
"""Room of an emoji, in letter sizes."""

EDGES = PAUSES | FULL_STOPS | CLOSERS | NO_END | DASHES | {" ", "\u00a0"}
"""What stands before or after a word does not shine with it."""


class Style(NamedTuple):
    """The faces to try, the size in pixels, the weight."""

    chain: Chain
    size: float
    weight: int

    def scaled(self, factor: float) -> Style:
        return self._replace(size=self.size * factor)


class Piece(NamedTuple):
    """Text of one face, one direction and one word (its index). `left` is counted from the left end of the line."""

    text: str
    face: Face | None
    level: int
    word: int
    left: float
    advance: float

    @property
    def direction(self) -> str:
        return "rtl" if self.level % 2 else "ltr"


class Extent(NamedTuple):
    """Where a word stands on its line, pixels: its letters, and these with the signs that touch them."""

    left: float
    right: float
    outer_left: float
    outer_right: float


class Line(NamedTuple):
    """A line from left to right as it is seen; `words` in the order they are read."""

    pieces: tuple[Piece, ...]
    words: tuple[Extent, ...]
    width: float


def set_line(words: Sequence[str], spaces: Sequence[float], style: Style, *, rtl: bool = False) -> Line:
    """Set words with the given room before each (0: none). Nothing is left of what no font has, not even its space."""
    texts = [writable(word, style.chain) for word in words]
    pieces = list(_pieces(texts, spaces, style, rtl=rtl))
    x = 0.0
    for at in visual([piece.level for piece in pieces]):
        pieces[at] = pieces[at]._replace(left=x)
        x += pieces[at].advance
    inked = tuple(piece for piece in pieces if piece.text != " ")
    return Line(inked, tuple(_extent(index, text, inked, style) for index, text in enumerate(texts)), x)


def length(text: str, style: Style) -> float:
    """The advance of one line of text, pixels."""
    return sum(_advance(run.text, run.face, style) for run in runs(writable(text, style.chain), style.chain))


def space(style: Style) -> float:
    face = next((face for face in style.chain if ord(" ") in coverage(face)), style.chain[0])
    return font(face, style.size, style.weight).getlength(" ")


def leading(text: str, style: Style) -> float:
    """From line to line, in letter sizes: as much as the script with the highest marks needs."""
    return max((run.face.leading for run in runs(text, style.chain) if run.face), default=1.30)


def _pieces(texts: list[str], spaces: Sequence[float], style: Style, *, rtl: bool) -> Iterator[Piece]:
    """In reading order, not placed yet; spaces are pieces without ink."""
    begun = [bool(room and index and any(texts[:index])) for index, room in enumerate(spaces)]
    whole = "".join((" " if gap and text else "") + text for gap, text in zip(begun, texts, strict=True))
    depth = levels(whole, rtl=rtl)
    at = 0
    for index, text in enumerate(texts):
        if begun[index] and text:
            yield Piece(" ", None, depth[at], index, 0.0, spaces[index])
            at += 1
        yield from _word(text, index, depth[at : at + len(text)], style)
        at += len(text)


def _word(text: str, index: int, depth: list[int], style: Style) -> Iterator[Piece]:
    """Graphemes are never torn: each has the level of its first character."""
    at, levelled = 0, list[tuple[int, str]]()
    for cluster in grapheme.graphemes(text):
        levelled.append((depth[at], cluster))
        at += len(cluster)
    for level, group in groupby(levelled, key=lambda pair: pair[0]):
        for run in runs("".join(cluster for _, cluster in group), style.chain):
            yield Piece(run.text, run.face, level, index, 0.0, _advance(run.text, run.face, style))


def _advance(text: str, face: Face | None, style: Style) -> float:
    if face is None:
        return EMOJI_ADVANCE * style.size * len(list(grapheme.graphemes(text)))
    return font(face, style.size, style.weight).getlength(text)


def _extent(index: int, text: str, pieces: Sequence[Piece], style: Style) -> Extent:
    own = [piece for piece in pieces if piece.word == index]
    first, last = _core(text)
    return Extent(*_ends(own, (first, last), style), *_ends(own, _touching(text, first, last), style))


def _ends(own: Sequence[Piece], span: tuple[int, int], style: Style) -> tuple[float, float]:
    """The left and the right end of some characters of a word."""
    ends: list[float] = []
    at = 0
    for piece in own:
        start, end = max(span[0], at) - at, min(span[1], at + len(piece.text)) - at
        if start < end:
            ends.extend(_part(piece, start, end, style))
        at += len(piece.text)
    return min(ends, default=0.0), max(ends, default=0.0)


def _part(piece: Piece, start: int, end: int, style: Style) -> tuple[float, float]:
    before = _advance(piece.text[:start], piece.face, style) if start else 0.0
    until = piece.advance if end == len(piece.text) else _advance(piece.text[:end], piece.face, style)
    if piece.level % 2:
        return piece.left + piece.advance - until, piece.left + piece.advance - before
    return piece.left + before, piece.left + until


def _core(text: str) -> tuple[int, int]:
    """The word without signs at its ends; nothing of what is all signs."""
    inner = [at for at, character in enumerate(text) if not _is_edge(character)]
    return (inner[0], inner[-1] + 1) if inner else (0, 0)


def _touching(text: str, first: int, last: int) -> tuple[int, int]:
    """The core with all signs up to the next space or picture."""
    while first and not _is_apart(text[first - 1]):
        first -= 1
    while first < last < len(text) and not _is_apart(text[last]):
        last += 1
    return first, last


def _is_apart(character: str) -> bool:
    return character.isspace() or (_is_edge(character) and character not in EDGES)


def _is_edge(character: str) -> bool:
    if character in EDGES or character in IGNORABLE:
        return True
    return character >= "\u2600" and unicodedata.category(character) in {"So", "Sk"}
