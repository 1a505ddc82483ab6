"""The fonts that come with the install, and which of them can write a grapheme."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import grapheme  # type: ignore[import-untyped]
import numpy as np
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import ImageFont


class Face(NamedTuple):
    """A variable font file of an installed package, and how large it looks beside Inter."""

    package: str
    path: str
    look: float = 1.0


INTER = Face("justmytype_western_core", "inter/Inter[opsz,wght].ttf")
SERIF = Face("justmytype_western_core", "sourceserif4/SourceSerif4[opsz,wght].ttf")
SERIF_ITALIC = Face("justmytype_western_core", "sourceserif4/SourceSerif4-Italic[opsz,wght].ttf")
SANS = Face("justmytype_western_core", "notosans/NotoSans[wdth,wght].ttf")
SYMBOLS = Face("justmytype_western_core", "notosanssymbols2/NotoSansSymbols2-Regular.ttf")
HAN_SIMPLE = Face("justmytype_intl_cjk", "notosanssc/NotoSansSC[wght].ttf", 1.06)
HAN_TRADITIONAL = Face("justmytype_intl_cjk", "notosanstc/NotoSansTC[wght].ttf", 1.06)
JAPANESE = Face("justmytype_intl_cjk", "notosansjp/NotoSansJP[wght].ttf", 1.06)
KOREAN = Face("justmytype_intl_cjk", "notosanskr/NotoSansKR[wght].ttf", 1.06)

LATIN_CHAIN = (INTER, SANS, HAN_SIMPLE, HAN_TRADITIONAL, JAPANESE, KOREAN, SYMBOLS)
SERIF_CHAIN = (SERIF, *LATIN_CHAIN)
ITALIC_CHAIN = (SERIF_ITALIC, *LATIN_CHAIN)
HAN_CHAIN = (HAN_SIMPLE, HAN_TRADITIONAL, JAPANESE, KOREAN, INTER, SANS, SYMBOLS)

IGNORABLE = frozenset("\ufe0e\ufe0f\u200b\u200c\u200d\u2060\ufeff\u00ad")
"""Signs that shape their neighbours and need no glyph of their own."""


class Run(NamedTuple):
    """Text that one face writes."""

    text: str
    face: Face


def runs(text: str, chain: tuple[Face, ...]) -> list[Run]:
    """Text -> runs, cut between graphemes only. A grapheme that no face knows is left out, never drawn as a box."""
    found: list[Run] = []
    for cluster in grapheme.graphemes(text):
        face = _face_of(cluster, chain)
        if face is None:
            continue
        if found and found[-1].face == face:
            found[-1] = Run(found[-1].text + cluster, face)
        else:
            found.append(Run(cluster, face))
    return found


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The graphemes of `text` that none of the fonts can write, each once, in order."""
    clusters = dict.fromkeys(grapheme.graphemes(text))
    return tuple(c for c in clusters if not c.isspace() and _face_of(c, LATIN_CHAIN) is None)


def _face_of(cluster: str, chain: tuple[Face, ...]) -> Face | None:
    for form in (cluster, unicodedata.normalize("NFC", cluster)):
        needed = [ord(c) for c in form if c not in IGNORABLE]
        for face in _ordered(cluster, chain):
            if all(code in coverage(face) for code in needed):
                return face
    return None


def _ordered(cluster: str, chain: tuple[Face, ...]) -> Iterator[Face]:
    """Latin letters and digits keep their own face inside Chinese text."""
    if chain is HAN_CHAIN and cluster.isascii():
        yield INTER
    yield from chain


@lru_cache
def coverage(face: Face) -> frozenset[int]:
    """The code points a face has glyphs for."""
    with TTFont(_file(face), lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(64)
def font(face: Face, size: float, weight: int) -> ImageFont.FreeTypeFont:
    """The face at a size in pixels, with its weight and optical size set; shaped by raqm."""
    pixels = max(1, round(size * face.look))
    loaded = ImageFont.truetype(_file(face), pixels, layout_engine=ImageFont.Layout.RAQM)
    if "[" not in face.path:
        return loaded
    axes = loaded.get_variation_axes()
    loaded.set_variation_by_axes([_setting(axis, weight, pixels) for axis in axes])
    return loaded


def _setting(axis: ImageFont.Axis, weight: int, pixels: int) -> float:
    name = (axis["name"] or b"").decode().lower()
    wish = float(weight) if name.startswith("wei") else 0.75 * pixels if name.startswith("opt") else axis["default"]
    bounded = np.clip(wish or 0, axis["minimum"] or 0, axis["maximum"] or 0)
    return float(bounded)


def _file(face: Face) -> str:
    return str(files(face.package) / "fonts" / "ofl" / face.path)
