"""The CPU work, as functions that run in child processes: bytes and data in, bytes out. A file for each kind of work."""

from __future__ import annotations

import cv2

from philo_render.crew.draw import Drawn, shoot
from philo_render.crew.export import Exported, export
from philo_render.crew.ingest import Understood, ingest
from philo_render.crew.join import Cut, Parts, Spoiled, edit, warnings_of
from philo_render.crew.materials import listen, read_font
from philo_render.crew.mix import Tracks, mix
from philo_render.crew.paint import Picture, Staged, paint, sample, stage
from philo_render.crew.preview import preview
from philo_render.crew.room import no_room

__all__ = [
    "Cut",
    "Drawn",
    "Exported",
    "Parts",
    "Picture",
    "Spoiled",
    "Staged",
    "Tracks",
    "Understood",
    "edit",
    "export",
    "ingest",
    "listen",
    "mix",
    "no_room",
    "paint",
    "prepare",
    "preview",
    "read_font",
    "sample",
    "shoot",
    "stage",
    "warnings_of",
]


def prepare() -> None:
    """One core a child; more threads would only fight for it."""
    cv2.setNumThreads(1)
