"""A lower third: who or where this is, on a strip beside an amber bar, for the first seconds of a scene."""

from __future__ import annotations

import cv2
import numpy as np

from philo_render.film.bidi import runs_right_to_left
from philo_render.film.camera import smooth
from philo_render.film.chunk import Card
from philo_render.film.format import Format, Shape
from philo_render.film.ground import NIGHT, WHITE
from philo_render.film.label import label
from philo_render.film.lettering import blurred
from philo_render.film.planes import U8, Planes
from philo_render.film.raster import Colour, Raster, colour, over, paste, set_in, solid
from philo_render.film.subtitle import FOOT, LETTERS

AMBER: Colour = colour(0xFF, 0xBE, 0x5C)
EDGE = 0.06
"""From the frame's side, a share of the width."""
NAME: dict[Shape, float] = {"wide": 0.040, "square": 0.044, "tall": 0.052}
"""Letter size as a share of the short side."""
NOTE = 0.62
"""Size of the second line beside the first."""
SUBTITLES = 3.1
"""Room for two lines of subtitles below it, in their letter sizes."""
VEIL = 0.62
AIR = 1.7
"""Round bar and letters, in letter sizes: the field's edge fades out within it."""
SOFT = 0.45
"""Radius of that fading, in letter sizes."""


class Strip:
    """Drawn on a soft dark field without edges: it is read on any ground."""

    def __init__(self, card: Card, format_: Format) -> None:
        self.card, self.format = card, format_
        self.size = _fitting(card, format_)
        self.rtl = runs_right_to_left(card.text)
        name = label(card.text, self.size, WHITE, weight=680, tracked=False)
        note = label(card.note, NOTE * self.size, AMBER) if card.note else None
        self.raster = self._joined(name, note)
        foot = FOOT[format_.shape] * format_.height - SUBTITLES * LETTERS[format_.shape] * format_.short_side
        self.top = round(foot - self.raster.through.shape[0] + AIR * self.size)

    def draw(self, out: Planes, frame: int) -> None:
        seconds = self.format.seconds(frame - self.card.first_frame)
        left = self.format.seconds(self.card.end_frame - frame)
        strength = smooth(seconds / 0.45) * smooth(left / 0.35)
        aside = (1.0 - (1.0 - min(1.0, max(0.0, seconds / 0.7))) ** 3) * self.size - self.size
        width = self.raster.through.shape[1]
        edge = round(EDGE * self.format.width - AIR * self.size + aside)
        paste(out, self.raster, self.format.width - edge - width if self.rtl else edge, self.top, strength)

    def _joined(self, name: Raster, note: Raster | None) -> Raster:
        """Field, bar and lines as one raster; the bar is at the side where reading begins."""
        air, bar = round(AIR * self.size), max(2, round(0.11 * self.size))
        rows = name.through.shape[0] - round(1.25 * self.size) + (round(0.66 * self.size) if note else 0)
        wide = max(one.through.shape[1] for one in (name, note) if one) - round(1.2 * self.size)
        size = (_even(rows + 2 * air), _even(wide + bar + 0.55 * self.size + 2 * air))
        bars = np.zeros(size, np.uint8)
        at = size[1] - air - bar if self.rtl else air
        cv2.rectangle(bars, (at, air), (at + bar - 1, size[0] - air), 255, -1)
        whole = over(solid(self._field(size, air), NIGHT), solid(bars, AMBER))
        top = air - round(0.62 * self.size)
        for line, down in ((name, top), (note, top + round(1.42 * self.size))):
            if line is not None:
                whole = over(
                    whole,
                    set_in(line, size, self._left(line, size[1], air + bar, note if line is note else None), down),
                )
        return whole

    def _field(self, size: tuple[int, int], air: int) -> U8:
        """Deepest at the bar, gone where the letters end."""
        rim, field = air - round(0.35 * self.size), np.zeros(size, np.uint8)
        fading = np.linspace(1.0, 0.55, size[1] - 2 * rim) * 255 * VEIL
        field[rim:-rim, rim:-rim] = (fading[::-1] if self.rtl else fading).astype(np.uint8)
        return blurred(field, SOFT * self.size, 1.0)

    def _left(self, line: Raster, width: int, inset: int, note: Raster | None) -> int:
        """Where a line's raster lies: its letters begin half a letter size from the bar."""
        air = 0.8 * self.size * (NOTE if note is not None else 1.0)
        begin = inset + 0.5 * self.size - air
        return round(width - begin - line.through.shape[1]) if self.rtl else round(begin)


def _fitting(card: Card, format_: Format) -> float:
    """The letter size in pixels: long names are set smaller."""
    size = NAME[format_.shape] * format_.short_side
    name, note = label(card.text, size, WHITE, tracked=False), label(card.note, NOTE * size, WHITE)
    widest = float(max(name.through.shape[1], note.through.shape[1]))
    return size * min(1.0, (1.0 - 3.0 * EDGE) * format_.width / widest)


def _even(size: float) -> int:
    return -(-int(size + 0.999) // 2) * 2
