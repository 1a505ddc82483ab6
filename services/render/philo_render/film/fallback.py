"""Which face writes a grapheme: that of its script, the text's own, or a picture; what none can write is left out."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain as joined
from typing import NamedTuple

import grapheme  # type: ignore[import-untyped]
from fontTools.unicodedata import script  # type: ignore[import-untyped]

from philo_render.film import emoji
from philo_render.film.fonts import (
    BY_SCRIPT,
    INTER,
    MATHEMATICS,
    SANS,
    SERIF,
    SERIF_ITALIC,
    SYMBOLS,
    Face,
    coverage,
)
from philo_render.film.writing import NO_START, is_square_writing

Chain = tuple[Face, ...]

LATIN_CHAIN: Chain = (INTER, SANS, SYMBOLS, MATHEMATICS)
SERIF_CHAIN: Chain = (SERIF, *LATIN_CHAIN)
ITALIC_CHAIN: Chain = (SERIF_ITALIC, *LATIN_CHAIN)
_LETTERS = frozenset({INTER, SERIF, SERIF_ITALIC})
_NATIVE: Chain = tuple(dict.fromkeys(joined.from_iterable(BY_SCRIPT.values())))

IGNORABLE = frozenset("\ufe0e\ufe0f\u200b\u200c\u200d\u200e\u200f\u2060\u061c\ufeff\u00ad")
"""Signs that shape their neighbours and need no glyph of their own."""


class Run(NamedTuple):
    """Text that one face writes; without a face, emoji that are drawn as pictures."""

    text: str
    face: Face | None


def chain_for(text: str, chain: Chain = LATIN_CHAIN) -> Chain:
    """`chain` with the faces of the script that `text` is mostly in put first: its signs then fit its letters."""
    found = Counter(name for name in map(_script, text) if name not in {"Zyyy", "Zinh"})
    main = found.most_common(1)[0][0] if found else "Latn"
    if found["Hira"] + found["Kana"]:
        main = "Kana"
    elif is_square_writing(text) and main not in BY_SCRIPT:
        main = "Hani"
    return (*BY_SCRIPT.get(main, ()), *chain)


def runs(text: str, chain: Chain) -> list[Run]:
    """Text -> runs, cut between graphemes only. A grapheme that nothing can draw is left out, never drawn as a box."""
    found: list[Run] = []
    for cluster in grapheme.graphemes(text):
        face = drawn_by(cluster, chain)
        if face is NOTHING:
            continue
        if found and found[-1].face == face:
            found[-1] = Run(found[-1].text + cluster, face)
        else:
            found.append(Run(cluster, face))
    return found


def writable(text: str, chain: Chain) -> str:
    """The text without what nothing can draw, and without the blanks that it stood between."""
    kept = [c for c in grapheme.graphemes(text) if c.isspace() or drawn_by(c, chain) is not NOTHING]
    whole = "".join(kept)
    if whole == text:
        return text
    words: list[str] = []
    for word in whole.split():
        if words and all(sign in NO_START for sign in word):
            words[-1] += word
        else:
            words.append(word)
    return " ".join(words)


def missing_glyphs(text: str, face: Face | None = None) -> tuple[str, ...]:
    """The graphemes of `text` that can neither be written nor drawn, with a font that was handed over or without, each
    once, in order."""
    chain = (face, *LATIN_CHAIN) if face else LATIN_CHAIN
    clusters = dict.fromkeys(grapheme.graphemes(text))
    return tuple(c for c in clusters if not c.isspace() and drawn_by(c, chain) is NOTHING)


def uncovered(text: str, face: Face) -> tuple[str, ...]:
    """The graphemes of `text` that a font which was handed over lacks, each once; the install's own write them then."""
    clusters = dict.fromkeys(grapheme.graphemes(text))
    return tuple(c for c in clusters if not c.isspace() and emoji.named(c) is None and not _writes(face, c))


def _writes(face: Face, cluster: str) -> bool:
    return all(ord(c) in coverage(face) for c in cluster if c not in IGNORABLE)


NOTHING = Face("", "")
"""Stands for: no face has it."""


@lru_cache(8192)
def drawn_by(cluster: str, chain: Chain) -> Face | None:
    """The face that writes a grapheme, None for the picture of an emoji, or NOTHING."""
    pictured = emoji.named(cluster) is not None
    if pictured and emoji.is_wished(cluster):
        return None
    for form in (cluster, unicodedata.normalize("NFC", cluster)):
        for face in _ordered(cluster, chain):
            if _writes(face, form):
                return face
    return None if pictured else NOTHING


def _ordered(cluster: str, chain: Chain) -> Iterator[Face]:
    """A font that was handed over goes before all. Latin letters and digits keep their own face inside any text; what
    has a script of its own goes to that first."""
    yield from (face for face in chain if face.data)
    native = BY_SCRIPT.get(_script(cluster[0]), ())
    if cluster.isascii() and cluster.isalnum():
        yield from (face for face in chain if face in _LETTERS)
    if native and not (chain and chain[0] in native):
        yield from native
    yield from chain
    yield from _NATIVE


@lru_cache(8192)
def _script(character: str) -> str:
    return str(script(character))
