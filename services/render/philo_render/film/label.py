"""Small type: a line in one colour, tracked capitals where the script has them."""

from __future__ import annotations

from philo_render.film.bidi import runs_right_to_left
from philo_render.film.fallback import LATIN_CHAIN, chain_for
from philo_render.film.ground import NIGHT
from philo_render.film.headline import Headline
from philo_render.film.lettering import Canvas
from philo_render.film.raster import Colour, Raster
from philo_render.film.typesetting import Line, Style, leading, set_line

TRACKING = 0.14
"""Room between capitals, in letter sizes."""


def label(
    text: str, size: float, colour: Colour, *, weight: int = 600, shadow: float = 0.5, tracked: bool = True
) -> Raster:
    """One line with a soft shadow; `size` in pixels."""
    style = Style(chain_for(text), size, weight)
    line = _line(text, style, tracked=tracked and style.chain[0] == LATIN_CHAIN[0])
    pad = 0.8 * size
    canvas = Canvas(line.width + 2 * pad, leading(text, style) * size + 2 * pad)
    canvas.write(line, style, pad, pad + (0.5 * leading(text, style) + 0.37) * size)
    return Headline(canvas, size, round(pad)).inked(colour, NIGHT, shadow)


def _line(text: str, style: Style, *, tracked: bool) -> Line:
    if not tracked:
        return set_line([text], [0.0], style, rtl=runs_right_to_left(text))
    letters = list(text.upper())
    return set_line(letters, [TRACKING * style.size] * len(letters), style)
