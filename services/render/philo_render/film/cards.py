"""Words that stand alone: the opening title, the card of a chapter, the end."""

from __future__ import annotations

from philo_render.film.camera import smooth
from philo_render.film.chunk import Card
from philo_render.film.fallback import ITALIC_CHAIN, SERIF_CHAIN, chain_for
from philo_render.film.format import Format, Shape
from philo_render.film.ground import NIGHT, WHITE, calmest, ink
from philo_render.film.headline import Headline, headline
from philo_render.film.label import label
from philo_render.film.planes import Planes
from philo_render.film.raster import Colour, Raster, colour, dim, paste
from philo_render.film.rhythm import RHYTHM
from philo_render.film.typesetting import Style

BLACK: Colour = (16, 128, 128)
AMBER: Colour = colour(0xFF, 0xBE, 0x5C)
TITLE_CENTRE = 0.30
TITLE_SPAN: dict[Shape, tuple[float, float]] = {"wide": (0.16, 0.36), "square": (0.14, 0.36), "tall": (0.14, 0.46)}
"""Where the middle of a title lies, and how far it may go to stand on calm ground; shares of the height."""
END_CENTRE = 0.46
WIDEST = 0.84
"""Of a line, a share of the width."""
CURTAIN = 1.1
"""Seconds in which a picture comes up out of the dark."""
VEIL = 0.62
"""How far a chapter's picture sinks into the night behind its card."""


class Title:
    """The opening title: comes up with the picture, leaves before the first word. `ground` is a frame it stands on.

    A picture that is not built behind it comes up out of the dark: `curtain`.
    """

    def __init__(self, card: Card, format_: Format, ground: Planes, *, curtain: bool = False) -> None:
        self.card, self.format, self.curtain = card, format_, curtain
        words = _large(card.text, format_)
        size = (max(16, words.canvas.image.width - 2 * words.air), max(16, words.canvas.image.height - 2 * words.air))
        left, top = calmest(ground, format_, size, TITLE_CENTRE, TITLE_SPAN[format_.shape])
        self.raster = words.inked(*ink(ground, (left, top), size))
        self.left, self.top = left - words.air, top - words.air

    def draw(self, out: Planes, frame: int) -> None:
        seconds = self.format.seconds(frame - self.card.first_frame)
        if self.curtain and seconds < CURTAIN:
            dim(out, NIGHT, 1.0 - smooth(seconds / CURTAIN))
        lift = (1.0 - _risen(seconds)) * 0.02 * self.format.short_side
        paste(out, self.raster, self.left, round(self.top + lift), _seen(self.card, self.format, frame))


class Chapter:
    """The picture sinks a little, the chapter's number and name come up and go, the picture is back."""

    def __init__(self, card: Card, format_: Format) -> None:
        self.card, self.format = card, format_
        words = _large(card.text, format_, 0.86)
        self.raster = words.inked(WHITE, NIGHT, 0.3)
        self.note = label(card.note, 0.034 * format_.short_side, AMBER) if card.note else None
        self.top = END_CENTRE * format_.height - self.raster.through.shape[0] / 2
        self.note_top = self.top + words.air - 0.062 * format_.short_side
        if self.note is not None:
            self.note_top -= self.note.through.shape[0] / 2

    def draw(self, out: Planes, frame: int) -> None:
        strength = _seen(self.card, self.format, frame)
        if strength <= 0:
            return
        dim(out, NIGHT, VEIL * strength)
        lift = (1.0 - _risen(self.format.seconds(frame - self.card.first_frame))) * 0.02 * self.format.short_side
        _centred(out, self.raster, self.top + lift, strength)
        if self.note is not None:
            _centred(out, self.note, self.note_top, strength)


class Ending:
    """The picture sinks into the night, the last words come, all goes black."""

    def __init__(self, card: Card, format_: Format) -> None:
        self.card, self.format = card, format_
        style = Style(chain_for(card.text, ITALIC_CHAIN), 0.13 * format_.short_side, 560)
        self.raster = (
            headline(card.text, style, WIDEST * format_.width).inked(WHITE, NIGHT, 0.25) if card.text else None
        )

    def draw(self, out: Planes, frame: int) -> None:
        if frame < self.card.first_frame:
            return
        seconds = self.format.seconds(frame - self.card.first_frame)
        left = self.format.seconds(self.card.end_frame - 1 - frame)
        dim(out, NIGHT, 0.80 * smooth(seconds / 0.9))
        if self.raster is not None:
            top = END_CENTRE * self.format.height - self.raster.through.shape[0] / 2
            _centred(out, self.raster, top, smooth((seconds - 0.35) / 0.7))
        if left < 0.6:
            dim(out, BLACK, 1.0 - smooth(left / 0.6))


def _large(text: str, format_: Format, share: float = 1.0) -> Headline:
    size = (0.135 if format_.shape == "wide" else 0.120) * share * format_.short_side
    return headline(text, Style(chain_for(text, SERIF_CHAIN), size, 640), WIDEST * format_.width)


def _seen(card: Card, format_: Format, frame: int) -> float:
    """0..1: it comes once the picture has been seen, and is gone soon after its end."""
    seconds = format_.seconds(frame - card.first_frame)
    left = format_.seconds(card.end_frame - frame) + RHYTHM.goes
    return smooth(min(1.0, max(0.0, (seconds - 0.35) / 0.6)) * min(1.0, max(0.0, left / 0.45)))


def _risen(seconds: float) -> float:
    return 1.0 - (1.0 - min(1.0, max(0.0, (seconds - 0.35) / 1.1))) ** 3


def _centred(out: Planes, raster: Raster, top: float, strength: float) -> None:
    paste(out, raster, (out.y.shape[1] - raster.through.shape[1]) // 2, round(top), strength)
