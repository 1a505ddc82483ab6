"""What can go wrong while a film is made, in words a person can act on."""

from __future__ import annotations


class FilmError(Exception):
    """A film cannot be made from what was given."""


class BrokenSegmentError(FilmError):
    """The bytes are not a whole segment: draw it again."""


class MixedSegmentsError(FilmError):
    """Segments that were not drawn for one film (other size, clock or encoder) cannot be joined."""


class MissingPictureError(FilmError):
    """A segment shows a picture that was not handed over."""

    def __init__(self, key: str) -> None:
        super().__init__(f"The picture {key!r} is shown by this segment but was not given.")


class BrokenFilmError(FilmError):
    """A media file lacks what a film must have."""
