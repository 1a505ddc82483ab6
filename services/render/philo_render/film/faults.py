"""What can go wrong while a film is made, in words a person can act on."""

from __future__ import annotations


class FilmError(Exception):
    """A film cannot be made from what was given."""


class BrokenChunkError(FilmError):
    """The bytes are not a whole chunk: draw it again."""


class MixedChunksError(FilmError):
    """Chunks that were not drawn for one film (other size, clock or encoder) cannot be joined."""


class MissingPictureError(FilmError):
    """A chunk shows a picture that was not handed over."""

    def __init__(self, key: str) -> None:
        super().__init__(f"The picture {key!r} is shown by this chunk but was not given.")


class BrokenPictureError(FilmError):
    """A picture's bytes are no picture."""

    def __init__(self, key: str) -> None:
        super().__init__(f"The bytes of the picture {key!r} cannot be read as one.")


class BrokenFilmError(FilmError):
    """A media file lacks what a film must have."""


class BrokenFontError(FilmError):
    """A font's bytes are no font that can be written with."""

    def __init__(self) -> None:
        super().__init__("The font cannot be read: hand over a TrueType, OpenType or WOFF2 file with one face.")


class MissingFontError(FilmError):
    """A chunk is written with a font that was not handed over."""

    def __init__(self, key: str) -> None:
        super().__init__(f"The font {key!r} writes this chunk's subtitles but was not given.")
