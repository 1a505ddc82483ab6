"""Why an uploaded thing cannot be used, in words that say what to do."""

from __future__ import annotations

from philo_render.film.faults import FilmError


class UnusableError(FilmError):
    """An uploaded file is no use for a film. `code` names the reason to a program, the message to a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class PictureError(UnusableError):
    """Codes: picture_empty, picture_unreadable, picture_unsupported, picture_truncated, picture_too_large."""


class FootageError(UnusableError):
    """Codes: footage_empty, footage_unreadable, footage_unsupported, footage_truncated, footage_without_picture,
    footage_without_frames, footage_codec_unknown, footage_too_large."""


class TrackError(UnusableError):
    """Codes: track_unreadable, track_silent, track_too_short."""
