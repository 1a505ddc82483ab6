"""The slow camera: which part of a picture is seen at a moment. Everything is a share of the picture or the frame."""

from __future__ import annotations

import math
from hashlib import sha256
from typing import NamedTuple

from philo_contracts.shapes import Mood, Value


class Camera(Value):
    """A move over one picture.

    `scale` is the enlargement at the start, `zoom` what the move adds to it, `pan` and `rise` how far the picture
    travels (shares of width and height), `sway` an unrest of the hand, `focus` the point that the zoom keeps still.
    """

    scale: float = 1.10
    zoom: float = 0.0
    pan: float = 0.0
    rise: float = 0.0
    sway: float = 0.0
    focus: tuple[float, float] = (0.5, 0.5)


class View(NamedTuple):
    """The seen part of a picture: left and top edge and extent, as shares of the picture's size."""

    left: float
    top: float
    extent: float


PUSH = Camera(zoom=0.095, pan=0.012)
DRIFT = Camera(zoom=0.05, pan=0.045)
RISE = Camera(zoom=0.07, pan=0.015, rise=0.022)
PULL = Camera(scale=1.165, zoom=-0.05, pan=0.02)
STORM = Camera(zoom=0.085, pan=0.03, sway=1.0)
UNEASE = Camera(zoom=0.095, pan=0.012, sway=0.5)
CLOSER = Camera(scale=1.52, zoom=-0.045, pan=0.015)
"""The second framing of a long scene. Nearer than 1.5 reads as a decision, 1.3 as a mistake."""
CLOSER_TALL = CLOSER.model_copy(update={"scale": 1.40})
"""A tall frame's hero is two thirds as wide as the frame: nearer would cut off a face."""

MOVES: dict[Mood, Camera] = {
    Mood.NEUTRAL: DRIFT,
    Mood.CALM: PUSH,
    Mood.HAPPY: DRIFT,
    Mood.SAD: PULL,
    Mood.DRAMATIC: STORM,
    Mood.EPIC: RISE,
    Mood.SCARY: UNEASE,
    Mood.MYSTERIOUS: RISE,
    Mood.ROMANTIC: PUSH,
    Mood.SERIOUS: PULL,
}


def camera_for(
    mood: Mood, scene: str, focus: tuple[float, float], seconds: float, *, framing: int = 0, tall: bool = False
) -> Camera:
    """The move of a shot: by mood, its direction by the scene's id, its reach by the shot's length.

    `framing` counts a scene's shots: the whole picture, its hero from near, the whole the other way, its other side.
    """
    move = (CLOSER_TALL if tall else CLOSER) if framing % 2 else MOVES[mood]
    direction = 1 if sha256(scene.encode()).digest()[0] % 2 else -1
    reach = 0.6 + 0.4 * min(1.5, seconds / 5.0)
    turn = -direction if framing % 4 > 1 else direction
    return move.model_copy(
        update={"zoom": move.zoom * reach, "pan": move.pan * turn, "focus": _aim(_inside(focus), framing % 4)}
    )


def _aim(focus: tuple[float, float], framing: int) -> tuple[float, float]:
    """The fourth framing looks at what the second left out."""
    x, y = focus
    return (round(1.0 - x, 3) if abs(x - 0.5) > 0.04 else 0.3, y) if framing == 3 else focus


def _inside(focus: tuple[float, float]) -> tuple[float, float]:
    x, y = (min(0.7, max(0.3, value)) for value in focus)
    return x, y


def ease(share: float) -> float:
    """Half linear, half smooth: the move never stands still, and never starts with a jerk."""
    return 0.55 * share + 0.45 * smooth(share)


def smooth(share: float) -> float:
    share = min(1.0, max(0.0, share))
    return share * share * (3.0 - 2.0 * share)


def view(camera: Camera, share: float, seconds: float, slide: float = 0.0) -> View:
    """What is seen when `share` of the move is done. The edge of the picture is never passed."""
    done = ease(share)
    extent = 1.0 / (camera.scale * (1.0 + camera.zoom * done))
    hand = camera.sway * (0.0022 * math.sin(1.9 * seconds) + 0.0012 * math.sin(4.3 * seconds))
    across = camera.pan * (done - 0.5) + hand + slide
    down = camera.rise * (done - 0.5)
    left = camera.focus[0] * (1.0 - extent) - across * extent
    top = camera.focus[1] * (1.0 - extent) - down * extent
    return View(min(1.0 - extent, max(0.0, left)), min(1.0 - extent, max(0.0, top)), extent)
