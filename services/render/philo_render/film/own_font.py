"""A font that a film's owner brought: made plain, measured against Inter, and kept in hand while it writes."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from itertools import islice

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from philo_render.film.chunk import Chunk
from philo_render.film.fallback import drawn_by
from philo_render.film.faults import BrokenFontError, MissingFontError
from philo_render.film.fonts import Face, coverage, font
from philo_render.film.scenery import Source, Sources, read

PACKED, UNPACKED = b"wOF2", slice(16, 20)
"""How WOFF2 begins, and where it says how many bytes it will be (WOFF File Format 2.0, 4.1)."""
MOST = 64 * 2**20
X_HEIGHT, HEIGHT, LEADING = 0.546, 1.21, 1.30
"""Inter's small letters, its ascent and descent together, and what these need from line to line; in letter sizes."""
TRIED = 60
"""Letters that are drawn before a font is taken for good."""
KEPT = 4
"""Fonts in hand at once; each may be some ten megabytes."""

_in_hand: dict[str, Face] = {}


def plain(data: bytes) -> bytes:
    """TrueType, OpenType or WOFF2 as one unpacked font that writes something. Raises BrokenFontError."""
    try:
        whole = _unpacked(data) if data[:4] == PACKED else data
        _try(uploaded(whole))
    except (BrokenFontError, MemoryError):
        raise
    except Exception as error:  # strangers' bytes: whatever a reader of fonts trips over, it is no font
        raise BrokenFontError from error
    finally:
        _forget()
    return whole


def uploaded(data: bytes) -> Face:
    """A font that was handed over (one face, unpacked), set so large that it looks like Inter. Raises BrokenFontError."""
    try:
        face = _measured(data)
        written = coverage(face).starts.size
        font(face, 20, 400)
    except MemoryError:
        raise
    except Exception as error:  # as above
        raise BrokenFontError from error
    if not written:
        raise BrokenFontError
    return face


def face_of(chunk: Chunk, sources: Sources) -> Face | None:
    """The font that its subtitles shall be written with, if it has one of its own. Raises MissingFontError."""
    if chunk.font is None:
        return None
    if chunk.font not in sources:
        raise MissingFontError(chunk.font)
    return in_hand(chunk.font, sources[chunk.font])


def in_hand(key: str, source: Source) -> Face:
    """The font of this content key, opened once for many chunks. Raises BrokenFontError."""
    if key not in _in_hand:
        if len(_in_hand) >= KEPT:
            _forget()
        _in_hand[key] = uploaded(read(source))
    return _in_hand[key]


def _forget() -> None:
    """What is remembered of fonts holds them, and strangers' fonts are many."""
    _in_hand.clear()
    for memory in (coverage, font, drawn_by):
        memory.cache_clear()


def _unpacked(data: bytes) -> bytes:
    if int.from_bytes(data[UNPACKED], "big") > MOST:
        raise BrokenFontError
    out = BytesIO()
    with TTFont(BytesIO(data), recalcBBoxes=False, recalcTimestamp=False) as opened:
        opened.flavor = None
        opened.save(out)
    return out.getvalue()


def _try(face: Face) -> None:
    """Raises BrokenFontError when nothing is seen of its letters."""
    codes = (int(code) for code in coverage(face).starts)
    letters = "".join(islice((chr(c) for c in codes if unicodedata.category(chr(c))[0] in "LN"), TRIED))
    if not letters or font(face, 40, 400).getmask(letters).getbbox() is None:
        raise BrokenFontError


def _measured(data: bytes) -> Face:
    with TTFont(BytesIO(data), lazy=True) as opened:
        look = _look(opened)
        return Face("", "", look, _leading(opened, look), data)


def _look(opened: TTFont) -> float:
    """By the height of its small letters; not beyond what a line can hold."""
    height: int = getattr(opened["OS/2"], "sxHeight", 0) if "OS/2" in opened else 0
    return min(1.4, max(0.8, X_HEIGHT * opened["head"].unitsPerEm / height)) if height > 0 else 1.0


def _leading(opened: TTFont, look: float) -> float:
    high: float = (opened["hhea"].ascent - opened["hhea"].descent) / opened["head"].unitsPerEm
    return min(1.9, max(LEADING, LEADING * look * high / HEIGHT))
