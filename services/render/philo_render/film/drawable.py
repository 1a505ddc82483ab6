"""The two kinds of things that paint a frame."""

from __future__ import annotations

from typing import Protocol

from philo_render.film.planes import Planes


class Drawable(Protocol):
    """Something that is seen in a chunk: a picture, a title, a subtitle. They are stacked, the furthest first."""

    def draw(self, out: Planes, frame: int) -> None:
        """Paint over the planes what it shows in `frame` of its chunk; nothing where it is not seen."""
        ...


class Scenery(Protocol):
    """What one camera films: fills whole frames."""

    @property
    def nbytes(self) -> int:
        """Memory it holds."""
        ...

    def draw(self, share: float, seconds: float, slide: float, out: Planes) -> None:
        """Fill the planes with what is seen when `share` of the move is done, `seconds` after it began.

        `slide` pushes the picture sideways, a share of the width.
        """
        ...
