"""The fonts that come with the install, and what each of them can write."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

import numpy as np
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import ImageFont


class Face(NamedTuple):
    """A font: a file of an installed package, or the bytes of one that was handed over.

    `look` is how large it must be set to look like Inter, `leading` what its marks need from line to line, in letter
    sizes.
    """

    package: str
    path: str
    look: float = 1.0
    leading: float = 1.30
    data: bytes = b""


_WEST, _EAST = "justmytype_western_core", "justmytype_intl_cjk"
_RIGHT, _SOUTH = "justmytype_intl_rtl", "justmytype_intl_south_asia"
_SOUTHEAST, _AFRICA = "justmytype_intl_sea", "justmytype_intl_africa"

INTER = Face(_WEST, "inter/Inter[opsz,wght].ttf")
SERIF = Face(_WEST, "sourceserif4/SourceSerif4[opsz,wght].ttf")
SERIF_ITALIC = Face(_WEST, "sourceserif4/SourceSerif4-Italic[opsz,wght].ttf")
SANS = Face(_WEST, "notosans/NotoSans[wdth,wght].ttf")
SYMBOLS = Face(_WEST, "notosanssymbols2/NotoSansSymbols2-Regular.ttf")
MATHEMATICS = Face(_WEST, "stixtwomath/STIXTwoMath-Regular.ttf")
HAN_SIMPLE = Face(_EAST, "notosanssc/NotoSansSC[wght].ttf", 1.06)
HAN_TRADITIONAL = Face(_EAST, "notosanstc/NotoSansTC[wght].ttf", 1.06)
JAPANESE = Face(_EAST, "notosansjp/NotoSansJP[wght].ttf", 1.06)
KOREAN = Face(_EAST, "notosanskr/NotoSansKR[wght].ttf", 1.06)
ARABIC = Face(_RIGHT, "notosansarabic/NotoSansArabic[wdth,wght].ttf", 1.08, 1.50)
HEBREW = Face(_RIGHT, "notosanshebrew/NotoSansHebrew[wdth,wght].ttf", 1.06)
DEVANAGARI = Face(_SOUTH, "notosansdevanagari/NotoSansDevanagari[wdth,wght].ttf", 1.04, 1.45)
BENGALI = Face(_SOUTH, "notosansbengali/NotoSansBengali[wdth,wght].ttf", 1.04, 1.45)
TAMIL = Face(_SOUTH, "notosanstamil/NotoSansTamil[wdth,wght].ttf", 1.0, 1.45)
TELUGU = Face(_SOUTH, "notosanstelugu/NotoSansTelugu[wdth,wght].ttf", 1.0, 1.50)
THAI = Face(_SOUTHEAST, "notosansthai/NotoSansThai[wdth,wght].ttf", 1.04, 1.50)
LAO = Face(_SOUTHEAST, "notosanslao/NotoSansLao[wdth,wght].ttf", 1.04, 1.50)
KHMER = Face(_SOUTHEAST, "notosanskhmer/NotoSansKhmer[wdth,wght].ttf", 1.0, 1.60)
BURMESE = Face(_SOUTHEAST, "notosansmyanmar/NotoSansMyanmar[wdth,wght].ttf", 1.0, 1.70)
ETHIOPIC = Face(_AFRICA, "notosansethiopic/NotoSansEthiopic[wdth,wght].ttf", 1.0, 1.40)

BY_SCRIPT: dict[str, tuple[Face, ...]] = {
    "Arab": (ARABIC,),
    "Hebr": (HEBREW,),
    "Deva": (DEVANAGARI,),
    "Beng": (BENGALI,),
    "Taml": (TAMIL,),
    "Telu": (TELUGU,),
    "Thai": (THAI,),
    "Laoo": (LAO,),
    "Khmr": (KHMER,),
    "Mymr": (BURMESE,),
    "Ethi": (ETHIOPIC,),
    "Hani": (HAN_SIMPLE, HAN_TRADITIONAL, JAPANESE, KOREAN),
    "Hira": (JAPANESE,),
    "Kana": (JAPANESE,),
    "Bopo": (HAN_TRADITIONAL,),
    "Hang": (KOREAN,),
}
"""ISO 15924 script -> the faces that were drawn for it. All others are Latin, Greek, Cyrillic or signs."""


class Coverage(NamedTuple):
    """The code points that have a glyph, as ranges: where each starts and the last it holds."""

    starts: np.ndarray[tuple[int], np.dtype[np.int64]]
    ends: np.ndarray[tuple[int], np.dtype[np.int64]]

    def __contains__(self, code: object) -> bool:
        at = bisect_right(self.starts, code) - 1
        return bool(at >= 0 and code <= self.ends[at])


@lru_cache(64)
def coverage(face: Face) -> Coverage:
    with TTFont(_source(face), lazy=True) as opened:
        found = None if face.data else _ranges(opened.reader["cmap"])
        return found or _joined(_written(opened))


def _written(opened: TTFont) -> list[int]:
    """Without what leads to the first glyph, the box for what is missing: strangers' fonts do that."""
    known = opened.getBestCmap() or {}
    return sorted(code for code, glyph in known.items() if opened.getGlyphID(glyph))


def _ranges(table: bytes) -> Coverage | None:
    """A `cmap` of format 12 as it lies in the file: a dictionary of thirty thousand ideographs takes 0.5 s to build."""
    count = int(np.frombuffer(table, ">u2", 1, 2)[0])
    for start in np.frombuffer(table, ">u4", 2 * count, 4)[1::2]:
        if int(np.frombuffer(table, ">u2", 1, start)[0]) == 12:
            size = int(np.frombuffer(table, ">u4", 1, start + 12)[0])
            groups = np.frombuffer(table, ">u4", 3 * size, start + 16).reshape(size, 3).astype(np.int64)
            return Coverage(groups[:, 0], groups[:, 1])
    return None


def _joined(codes: list[int]) -> Coverage:
    every = np.array(codes, np.int64)
    return Coverage(every, every)


@lru_cache(96)
def font(face: Face, size: float, weight: int) -> ImageFont.FreeTypeFont:
    """The face at a size in pixels, with its weight and optical size set; shaped by raqm."""
    pixels = max(1, round(size * face.look))
    loaded = ImageFont.truetype(_source(face), pixels, layout_engine=ImageFont.Layout.RAQM)
    try:
        axes = loaded.get_variation_axes()
    except OSError:  # not a variable font
        return loaded
    loaded.set_variation_by_axes([_setting(axis, weight, pixels) for axis in axes])
    return loaded


def _setting(axis: ImageFont.Axis, weight: int, pixels: int) -> float:
    name = (axis["name"] or b"").decode().lower()
    wish = float(weight) if name.startswith("wei") else 0.75 * pixels if name.startswith("opt") else axis["default"]
    bounded = np.clip(wish or 0, axis["minimum"] or 0, axis["maximum"] or 0)
    return float(bounded)


def _source(face: Face) -> str | BytesIO:
    if face.data:
        return BytesIO(face.data)
    return str(files(face.package) / "fonts" / "ofl" / face.path)
