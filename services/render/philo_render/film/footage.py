"""Footage in a film: a stretch of an uploaded file, in the film's own shape, size and clock."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from philo_contracts.shapes import Value
from philo_render.film.fit import Fit, fit
from philo_render.film.format import Format
from philo_render.film.planes import Planes
from philo_render.film.reframe import Reframe
from philo_render.film.spool import Spool

EDGE = 0.005
"""Seconds before a stretch's end at which its last picture is surely its own, not the next shot's first."""

HELD = 12
"""Pictures that a decoder and its pools keep."""

ODDEST = 4.0
"""A pixel more oblong than this is a mistake in the file."""


class Span(Value):
    """A stretch of footage: seconds of the file."""

    start: float = 0.0
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


class Filmed:
    """A stretch of footage that can be drawn at any moment, in any order: what is drawn is the same either way.

    Not to be shared by threads. Keeps its file open until closed or dropped.
    """

    def __init__(
        self,
        path: Path,
        span: Span,
        format_: Format,
        focus: tuple[float, float] = (0.5, 0.5),
        fitted: Fit | None = None,
    ) -> None:
        """`focus` is what the frame is cut around (shares of what a viewer sees); `fitted` how the stretch fills its
        scene: as it was filmed unless told. Raises BrokenFilmError."""
        self.span = span
        self.fitted = fitted or fit(span.seconds, span.seconds)
        self.spool = Spool(path)
        stream = self.spool.stream
        self.reframe = Reframe((format_.width, format_.height), focus, oblong(stream.sample_aspect_ratio))
        self.nbytes = HELD * stream.codec_context.width * stream.codec_context.height * 3 // 2

    def draw(self, seconds: float, out: Planes) -> None:
        """Fill the planes with what is seen `seconds` after the scene began. Raises BrokenFilmError."""
        into = min(self.fitted.moment(seconds), self.span.seconds - EDGE)
        self.reframe.draw(self.spool.at(self.span.start + max(0.0, into)), out)

    def close(self) -> None:
        self.spool.close()


def oblong(ratio: Fraction | None) -> float:
    """The width of a pixel for a height of 1, as a file says it, if that can be."""
    pixel = float(ratio or 1)
    return pixel if 1 / ODDEST <= pixel <= ODDEST else 1.0
