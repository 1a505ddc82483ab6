"""A cue as rasters: white words with soft shadows, and each word once more as it looks while it is spoken."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from philo_render.film.cues import Cue
from philo_render.film.fallback import chain_for
from philo_render.film.fonts import Face
from philo_render.film.format import Format, Shape
from philo_render.film.lettering import Canvas, blurred
from philo_render.film.lit import lit
from philo_render.film.planes import U8, Planes
from philo_render.film.raster import Colour, Raster, colour, over, paste, solid
from philo_render.film.typesetting import Line, Style, leading, set_line, space
from philo_render.film.words import CueWord

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
WEIGHT = 650
PILL_GAP = 0.12
"""Room that a pill needs beside it beyond a space, in letter sizes, or it kisses its neighbours."""
FADE_IN, FADE_OUT = 0.10, 0.14


class Lit(NamedTuple):
    """A word as it shines, and where: left and top inside the block."""

    raster: Raster
    left: int
    top: int


class Spot(NamedTuple):
    """Where a word stands in the block: the `nth` of its line, that line's left end, its own ends and baseline, pixels."""

    line: Line
    nth: int
    origin: float
    left: float
    right: float
    baseline: float


class Block:
    """The drawn cue. `veil` 0..1 is the strength of the scrim behind it; `face` writes all that it can write."""

    def __init__(self, cue: Cue, format_: Format, *, veil: float, face: Face | None = None) -> None:
        self.cue, self.format, self.words = cue, format_, cue.words
        text = " ".join(word.text for word in self.words)
        self.pills = format_.shape != "wide" and all(word.space for line in cue.lines for word in line[1:])
        chain = (face, *chain_for(text)) if face else chain_for(text)
        style = Style(chain, LETTERS[format_.shape] * format_.short_side, WEIGHT)
        self.style, self.lines = self._fitting(style)
        self.leading = leading(text, self.style)
        self.margin = int(self.style.size * (2.4 if veil else 0.8))
        self.spots: list[Spot] = []
        canvas = self._written()
        self.height, self.width = canvas.cover.shape
        self.calm = over(_backing(canvas.shape, self.style.size, self.margin, veil), canvas.inked(WHITE))
        self.lit: dict[int, Lit] = {}

    def draw(self, out: Planes, frame: int, *, highlight: bool) -> None:
        """The cue as it looks in a frame of its chunk."""
        seconds = self.format.seconds(frame - self.cue.first_frame)
        strength = self._strength(frame)
        left, top = (self.format.width - self.width) // 2 & ~1, self._top() & ~1
        paste(out, self.calm, left, top, strength)
        for index, light in lit(self.words, seconds) if highlight else ():
            word, shown = self._shining(index), self._light(light)
            if word is not None:
                paste(out, word.raster, left + word.left, top + word.top, strength * shown)

    def _fitting(self, style: Style) -> tuple[Style, list[Line]]:
        """Long words shrink a cue a little rather than touch the frame's edge."""
        lines = [self._line(line, style) for line in self.cue.lines]
        widest = max(line.width for line in lines)
        room = WIDEST * self.format.width
        if widest <= room:
            return style, lines
        smaller = style.scaled(room / widest)
        return smaller, [self._line(line, smaller) for line in self.cue.lines]

    def _line(self, words: tuple[CueWord, ...], style: Style) -> Line:
        gap = space(style) + (PILL_GAP * style.size if self.pills else 0.0)
        gaps = [gap if nth and word.space else 0.0 for nth, word in enumerate(words)]
        return set_line([word.text for word in words], gaps, style, rtl=self.cue.rtl)

    def _written(self) -> Canvas:
        """Write all lines; remember where each word stands."""
        size, step = self.style.size, self.leading * self.style.size
        widest = max(line.width for line in self.lines)
        canvas = Canvas(widest + 2 * self.margin, step * len(self.lines) + 2 * self.margin)
        for row, line in enumerate(self.lines):
            origin = (canvas.image.width - line.width) / 2
            baseline = self.margin + row * step + (0.5 * self.leading + 0.39) * size
            canvas.write(line, self.style, origin, baseline)
            for nth, word in enumerate(line.words):
                left, right = word[2:] if self.pills else word[:2]
                self.spots.append(Spot(line, nth, origin, origin + left, origin + right, baseline))
        return canvas

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

    def _shining(self, index: int) -> Lit | None:
        """None for what is no word: a dash, an emoji by itself."""
        if self.spots[index].left == self.spots[index].right:
            return None
        if index not in self.lit:
            self.lit[index] = self._pill(index) if self.pills else self._coloured(index)
        return self.lit[index]

    def _coloured(self, index: int) -> Lit:
        box = self._box(index, 0.04, 0.5 * self.leading + 0.35)
        return Lit(solid(self._alone(index, box).cover, AMBER), box[0], box[1])

    def _pill(self, index: int) -> Lit:
        """A rounded field under the word; dark letters on it."""
        left, top, right, bottom = box = self._box(index, 0.15, 0.92 + 0.4 * (self.leading - 1.30))
        field = Image.new("L", ((right - left) * 4, (bottom - top) * 4), 0)
        edge = (0, 0, field.width - 1, field.height - 1)
        ImageDraw.Draw(field).rounded_rectangle(edge, self.style.size * 0.20 * 4, fill=255)
        shape = np.asarray(field.resize((right - left, bottom - top), Image.Resampling.BOX), np.uint8)
        return Lit(over(solid(shape, AMBER), self._alone(index, box).inked(DARK)), left, top)

    def _alone(self, index: int, box: tuple[int, int, int, int]) -> Canvas:
        """One word without its neighbours, inside a box of the block."""
        spot = self.spots[index]
        canvas = Canvas(box[2] - box[0], box[3] - box[1])
        canvas.write(spot.line, self.style, spot.origin - box[0], spot.baseline - box[1], word=spot.nth)
        return canvas

    def _box(self, index: int, air: float, above: float) -> tuple[int, int, int, int]:
        """Even box round a word; `air` is the room beside it, `above` its height over the baseline, in letter sizes."""
        spot, size = self.spots[index], self.style.size
        below = 0.32 + 0.6 * (self.leading - 1.30)
        return (
            max(0, int(spot.left - air * size) & ~1),
            max(0, int(spot.baseline - above * size) & ~1),
            min(self.width, int(spot.right + air * size + 2) & ~1),
            min(self.height, int(spot.baseline + below * size + 2) & ~1),
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
