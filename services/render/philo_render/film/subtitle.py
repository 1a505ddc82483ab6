"""A cue as rasters: white words with soft shadows, and each word once more as it looks while it is spoken."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from philo_render.film.cues import Cue
from philo_render.film.fonts import HAN_CHAIN, LATIN_CHAIN
from philo_render.film.format import Format, Shape
from philo_render.film.lettering import Canvas, Style, blurred, length, space
from philo_render.film.lit import lit
from philo_render.film.planes import U8, Planes
from philo_render.film.raster import Colour, Raster, colour, cropped, over, paste, solid
from philo_render.film.words import CueWord
from philo_render.film.writing import CLOSERS, FULL_STOPS, PAUSES, is_square_writing

WHITE: Colour = colour(255, 255, 255)
SHADOW: Colour = colour(8, 10, 18)
DUSK: Colour = colour(14, 16, 26)
AMBER: Colour = colour(0xFF, 0xBE, 0x5C)
DARK: Colour = colour(24, 20, 16)

LETTERS: dict[Shape, float] = {"wide": 0.050, "square": 0.052, "tall": 0.066}
"""Letter size as a share of the short side."""
FOOT: dict[Shape, float] = {"wide": 0.958, "square": 0.94, "tall": 0.80}
"""Where the block stands, as a share of the height; a phone's buttons lie below it."""
WIDEST = 0.92
LEADING = 1.30
WEIGHT = 650
SIGNS = "".join(PAUSES | FULL_STOPS | CLOSERS)
"""What stands after a word does not shine with it."""
FADE_IN, FADE_OUT = 0.10, 0.14


class Lit(NamedTuple):
    """A word as it shines, and where: left and top inside the block."""

    raster: Raster
    left: int
    top: int


class Block:
    """The drawn cue. `veil` 0..1 is the strength of the scrim behind it."""

    def __init__(self, cue: Cue, format_: Format, *, veil: float) -> None:
        self.cue, self.format, self.words = cue, format_, cue.words
        square = is_square_writing("".join(word.text for word in self.words))
        self.pills = format_.shape != "wide" and not square
        self.style = self._fitting(Style(HAN_CHAIN if square else LATIN_CHAIN, self._size(), WEIGHT))
        self.margin = int(self.style.size * (2.4 if veil else 0.8))
        self.spots: list[tuple[float, float]] = []
        cover = self._set()
        self.height, self.width = cover.shape
        self.calm = over(_backing(cover, self.style.size, self.margin, veil), solid(cover, WHITE))
        self.bright = solid(cover, AMBER)
        self.dark = solid(cover, DARK)
        self.lit: dict[int, Lit] = {}

    def draw(self, out: Planes, frame: int, *, highlight: bool) -> None:
        """The cue as it looks in a frame of its chunk."""
        seconds = self.format.seconds(frame - self.cue.first_frame)
        strength = self._strength(frame)
        left, top = (self.format.width - self.width) // 2 & ~1, self._top() & ~1
        paste(out, self.calm, left, top, strength)
        for index, light in lit(self.words, seconds) if highlight else ():
            word, shown = self._shining(index), self._light(light)
            paste(out, word.raster, left + word.left, top + word.top, strength * shown)

    def _size(self) -> float:
        return LETTERS[self.format.shape] * self.format.short_side

    def _fitting(self, style: Style) -> Style:
        """Long words shrink a cue a little rather than touch the frame's edge."""
        widest = max(self._advance(line, style) for line in self.cue.lines)
        return style.scaled(min(1.0, WIDEST * self.format.width / max(1.0, widest)))

    def _gap(self, style: Style) -> float:
        return space(style) + (0.12 * style.size if self.pills else 0.0)

    def _advance(self, line: tuple[CueWord, ...], style: Style) -> float:
        return sum(self._room(word, nth, style) + length(word.text, style) for nth, word in enumerate(line))

    def _room(self, word: CueWord, nth: int, style: Style) -> float:
        """The gap before the nth word of a line; none before a word that no font can write."""
        return self._gap(style) if nth and word.space and length(word.text, style) else 0.0

    def _set(self) -> U8:
        """Write all lines; remember where each word stands (left, baseline)."""
        size, lines = self.style.size, self.cue.lines
        widths = [self._advance(line, self.style) for line in lines]
        canvas = Canvas(max(widths) + 2 * self.margin, LEADING * size * len(lines) + 2 * self.margin)
        for row, line in enumerate(lines):
            x = (canvas.image.width - widths[row]) / 2
            baseline = self.margin + (row + 0.80) * LEADING * size
            for nth, word in enumerate(line):
                x += self._room(word, nth, self.style)
                self.spots.append((x, baseline))
                canvas.write(word.text, self.style, x, baseline)
                x += length(word.text, self.style)
        return canvas.cover

    def _top(self) -> int:
        foot = round(FOOT[self.format.shape] * self.format.height)
        return foot - int(self.height) + self.margin

    def _strength(self, frame: int) -> float:
        cue, fps = self.cue, self.format.fps
        coming = 1.0 if cue.joined_before else (frame - cue.first_frame + 1) / fps / FADE_IN
        going = 1.0 if cue.joined_after else (cue.end_frame - frame) / fps / FADE_OUT
        return max(0.0, min(1.0, coming, going))

    def _light(self, light: float) -> float:
        """Colours cross over; of two pills only the stronger is shown, for a half-covered word cannot be read."""
        if not self.pills:
            return light
        return 0.7 + 0.3 * light if light >= 0.5 else 0.0

    def _shining(self, index: int) -> Lit:
        if index not in self.lit:
            self.lit[index] = self._pill(index) if self.pills else self._coloured(index)
        return self.lit[index]

    def _coloured(self, index: int) -> Lit:
        box = self._box(index, 0.04)
        return Lit(cropped(self.bright, box), box[0], box[1])

    def _pill(self, index: int) -> Lit:
        """A rounded field under the word; dark letters on it."""
        left, top, right, bottom = self._box(index, 0.15)
        field = Image.new("L", ((right - left) * 4, (bottom - top) * 4), 0)
        edge = (0, 0, field.width - 1, field.height - 1)
        ImageDraw.Draw(field).rounded_rectangle(edge, self.style.size * 0.20 * 4, fill=255)
        shape = np.asarray(field.resize((right - left, bottom - top), Image.Resampling.BOX), np.uint8)
        letters = cropped(self.dark, (left, top, right, bottom))
        return Lit(over(solid(shape, AMBER), letters), left, top)

    def _box(self, index: int, air: float) -> tuple[int, int, int, int]:
        """Even box round a word without its comma; `air` is the room beside it, in letter sizes."""
        x, baseline = self.spots[index]
        text = self.words[index].text.rstrip(SIGNS) or self.words[index].text
        size = self.style.size
        left, right = x - air * size, x + length(text, self.style) + air * size
        top, bottom = baseline - 0.92 * size, baseline + 0.32 * size
        return (
            max(0, int(left) & ~1),
            max(0, int(top) & ~1),
            min(self.width, int(right + 2) & ~1),
            min(self.height, int(bottom + 2) & ~1),
        )


def _backing(cover: U8, size: float, margin: int, veil: float) -> Raster:
    """Two shadows, close and wide; over bright pictures also a scrim without edges."""
    close = solid(blurred(cover, 0.045 * size, 0.60 * 1.15), SHADOW)
    wide = solid(np.roll(blurred(cover, 0.16 * size, 0.50 * 1.6), round(0.04 * size), 0), SHADOW)
    shadows = over(wide, close)
    if not veil:
        return shadows
    field = np.zeros_like(cover)
    inner = int(margin - 0.25 * size)
    field[inner:-inner, inner:-inner] = round(255 * veil)
    return over(solid(blurred(field, 0.70 * size, 1.0), DUSK), shadows)
