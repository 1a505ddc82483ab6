"""The plan of one chunk: frozen data that holds everything its frames show, and the key that names it."""

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

DRAWING = "6"
"""Raise it whenever equal plans would give other frames."""

FONTS = ("western-core", "intl-cjk", "intl-rtl", "intl-south-asia", "intl-sea", "intl-africa")
LIBRARIES = ("av", "numpy", "opencv-python-headless", "pillow", *(f"justmytype-{part}" for part in FONTS))

ENGINE_VERSION = "+".join([DRAWING, *(f"{name}-{version(name)}" for name in LIBRARIES)])
"""Part of every key: chunks of another encoder or rasteriser, or of other letters, are not taken for ours."""


class Material(Value):
    """What a shot is filmed from, by its content key: a flat picture, one in groups of depth, or footage.

    Of footage the seconds from `start` to `end` are used, to fill `length` seconds of a scene; `focus` is what the
    frame is cut around.
    """

    key: str
    kind: Literal["flat", "layers", "footage"] = "flat"
    start: float = 0.0
    end: float = 0.0
    length: float = 0.0
    focus: tuple[float, float] = (0.5, 0.5)


class Shot(Value):
    """One picture under one move, which spans `frames` from `first_frame`; that may lie before the chunk.

    In its first `blend` frames it comes out of the shot before it. In its first `built` frames the stage is built:
    its groups of depth rise one after the other.
    """

    material: Material
    camera: Camera
    first_frame: int
    frames: int = Field(ge=1)
    blend: int = 0
    built: int = 0

    def moved(self, by: int) -> Shot:
        return self.model_copy(update={"first_frame": self.first_frame + by})


class Transition(Value):
    """The chunk's first `frames` lead over from `outgoing`, which keeps moving. `name` is a file of `transitions`."""

    name: str = "crossfade"
    frames: int = Field(ge=1)
    outgoing: Shot


class Card(Value):
    """Words that stand alone: the opening title, a chapter, a name, the end. `note` is a small line beside them."""

    text: str
    note: str = ""
    kind: Literal["title", "chapter", "strip", "end"] = "title"
    first_frame: int
    end_frame: int

    @property
    def middle(self) -> int:
        return (self.first_frame + self.end_frame) // 2

    @property
    def clearest(self) -> int:
        """When it is read best: of a title, when the stage behind it stands."""
        return self.first_frame + (self.end_frame - self.first_frame) * 5 // 8

    def moved(self, by: int) -> Card:
        return self.model_copy(update={"first_frame": self.first_frame + by, "end_frame": self.end_frame + by})


class Chunk(Value):
    """A closed run of frames. All numbers of frames count from its start."""

    format: Format
    frames: int = Field(ge=1)
    shots: tuple[Shot, ...]
    transition: Transition | None = None
    cues: tuple[Cue, ...] = ()
    highlight: Literal["word", "none"] = "word"
    title: Card | None = None
    ending: Card | None = None
    cards: tuple[Card, ...] = ()
    """Chapters and strips."""
    font: str | None = None
    """The content key of the font its cues are written with, where its owner brought one."""

    @property
    def key(self) -> str:
        """sha256 over the canonical JSON of the plan and the engine's version: equal keys, equal bytes."""
        plan = {"engine": ENGINE_VERSION, "chunk": self.model_dump(mode="json")}
        text = json.dumps(plan, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode()).hexdigest()

    @property
    def materials(self) -> tuple[Material, ...]:
        """What is filmed in it, each object once."""
        shots = (*self.shots, *((self.transition.outgoing,) if self.transition else ()))
        return tuple({shot.material.key: shot.material for shot in shots}.values())

    def shot_at(self, frame: int) -> Shot:
        """The chunk's own shot that is on at `frame`: the last one whose cut lies before it."""
        return self.shots[self._number_at(frame)]

    def former_at(self, frame: int) -> Shot | None:
        """The shot that the one at `frame` is still coming out of."""
        number = self._number_at(frame)
        shot = self.shots[number]
        return self.shots[number - 1] if number and frame < shot.first_frame + shot.blend else None

    def _number_at(self, frame: int) -> int:
        return max(number for number, cut in enumerate(self.cuts) if frame >= cut)

    @property
    def cuts(self) -> tuple[int, ...]:
        """The frame at which each shot is cut to; the first is on from the start."""
        return (0, *(shot.first_frame for shot in self.shots[1:]))
