"""Fonts made for tests: every letter is a block, so that one sees at once who has written."""

from collections.abc import Mapping
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont


def block(left: int, bottom: int, right: int, top: int):
    pen = TTGlyphPen(None)
    pen.moveTo((left, bottom))
    for corner in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def block_font(
    letters: str, *, also: Mapping[int, str] | None = None, small: int = 546, high: int = 1000, seen: bool = True
) -> bytes:
    """A TrueType font that has these letters and a space; `also` maps code points to a glyph, `small` is the height of
    its small letters in thousandths."""
    names = {ord(letter): f"u{ord(letter):04X}" for letter in letters}
    glyphs = {".notdef": block(0, 0, 500, 700), "space": TTGlyphPen(None).glyph()}
    glyphs |= {name: block(50, 0, 550, small) if seen else TTGlyphPen(None).glyph() for name in names.values()}
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap({0x20: "space", **names, **(also or {})})
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics(dict.fromkeys(glyphs, (600, 50)))
    font.setupHorizontalHeader(ascent=high, descent=-200)
    font.setupNameTable({"familyName": "Blocks", "styleName": "Regular"})
    font.setupOS2(sxHeight=small, sCapHeight=700, version=4)
    font.setupPost()
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def packed(font: bytes) -> bytes:
    """The same as WOFF2."""
    out = BytesIO()
    opened = TTFont(BytesIO(font))
    opened.flavor = "woff2"
    opened.save(out)
    return out.getvalue()
