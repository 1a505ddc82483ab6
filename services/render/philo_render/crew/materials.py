"""Looking at tracks and fonts in a child process: whatever they are, only the child can die of it."""

from __future__ import annotations

from pathlib import Path

from philo_kernel.work import Hopeless
from philo_render import film
from philo_render.crew.ingest import ROOM, TOO_LARGE, bounded
from philo_render.film.faults import BrokenFontError
from philo_render.sources import TrackError, TrackFacts, measured


def listen(path: Path) -> TrackFacts:
    """Raises `Hopeless` in words when nothing is heard."""
    try:
        with bounded(ROOM):
            return measured(path)
    except TrackError as error:
        raise Hopeless(error.code, str(error)) from error
    except MemoryError as error:
        raise Hopeless("upload_too_large", TOO_LARGE) from error


def read_font(path: Path) -> bytes:
    """The font as subtitles are written with it: one face, unpacked. Raises `Hopeless` in words."""
    try:
        with bounded(ROOM):
            return film.plain(path.read_bytes())
    except BrokenFontError as error:
        raise Hopeless("font_unreadable", str(error)) from error
    except MemoryError as error:
        raise Hopeless("upload_too_large", TOO_LARGE) from error
