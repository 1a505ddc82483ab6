"""The plan of one segment: frozen data that holds everything its frames show, and the key that names it."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.metadata import version
from typing import Literal

from pydantic import Field

from philo_contracts.shapes import Value
from philo_render.film.camera import Camera
from philo_render.film.cues import Cue
from philo_render.film.format import Format

DRAWING = "1"
"""Raise it whenever equal plans would give other frames."""

ENGINE_VERSION = "+".join(
    [DRAWING, *(f"{name}-{version(name)}" for name in ("av", "opencv-python-headless", "pillow"))]
)
"""Part of every key: segments of another encoder or rasteriser are not taken for ours."""


class Shot(Value):
    """One picture under one move, which spans `frames` from `first_frame`; that may lie before the segment."""

    picture: str
    camera: Camera
    first_frame: int
    frames: int = Field(ge=1)


class Transition(Value):
    """The segment's first `frames` dissolve from `outgoing`, which keeps moving."""

    frames: int = Field(ge=1)
    outgoing: Shot


class Card(Value):
    """Words that stand alone: the opening title, the end."""

    text: str
    first_frame: int
    end_frame: int


class Segment(Value):
    """A closed run of frames: the transition into a scene, and its body. Frames count from the segment's start."""

    format: Format
    frames: int = Field(ge=1)
    shots: tuple[Shot, ...]
    transition: Transition | None = None
    cues: tuple[Cue, ...] = ()
    highlight: Literal["word", "none"] = "word"
    title: Card | None = None
    ending: Card | None = None

    @property
    def key(self) -> str:
        """sha256 over the canonical JSON of the plan and the engine's version: equal keys, equal bytes."""
        plan = {"engine": ENGINE_VERSION, "segment": self.model_dump(mode="json")}
        text = json.dumps(plan, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode()).hexdigest()

    @property
    def pictures(self) -> tuple[str, ...]:
        """The content keys of all pictures that are seen, each once."""
        shots = (*self.shots, *((self.transition.outgoing,) if self.transition else ()))
        return tuple(dict.fromkeys(shot.picture for shot in shots))

    def shot_at(self, frame: int) -> Shot:
        """The segment's own shot that is on at `frame`: the last one whose cut lies before it."""
        return next(s for s, cut in zip(self.shots[::-1], self.cuts[::-1], strict=True) if frame >= cut)

    @property
    def cuts(self) -> tuple[int, ...]:
        """The frame at which each shot is cut to; the first is on from the start."""
        return (0, *(shot.first_frame for shot in self.shots[1:]))
