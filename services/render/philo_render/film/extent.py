"""How long a scene is and where its voice begins: local to the scene, so that no other scene can move it."""

from __future__ import annotations

import math

from pydantic import Field

from philo_contracts.shapes import Cards, Scene, Value, VideoConfig, Word
from philo_render.film.chunk import Material
from philo_render.film.format import Format
from philo_render.film.rhythm import RHYTHM


class Narration(Value):
    """A scene that can be filmed: its voice has been heard and its picture drawn.

    `duration` is the voice's length in seconds, `words` are timed from the voice's start, `material` is what is
    filmed and `focus` the point of it that the camera favours. `entrance` and `exit` name the transitions into and out
    of the scene, as `choose` gives them for the whole film; what is not named is as `config.transition` says.
    """

    scene: Scene
    duration: float = Field(ge=0)
    words: tuple[Word, ...]
    material: Material
    focus: tuple[float, float] = (0.5, 0.5)
    entrance: str = ""
    exit: str = ""


class Extent(Value):
    """A scene's frames, counted from its cut: `voice` begins, `frames` later the next cut (or the film's end)."""

    voice: int
    frames: int
    end_frames: int


def extent(
    narration: Narration, cards: Cards, format_: Format, gaps: tuple[float, float], *, first: bool, last: bool
) -> Extent:
    """Title, pause, voice, pause, end: in whole frames. `gaps` are its shares of the silence before it and after it."""
    fps = format_.fps
    opening = shown_before(narration.scene, cards, first=first)
    before = opening + (RHYTHM.lead if first else gaps[0])
    after = RHYTHM.last if last else gaps[1]
    heard = min((word.start for word in narration.words), default=0.0)
    spoken = max((word.end for word in narration.words), default=narration.duration)
    voice = math.ceil((before - min(heard, before - opening)) * fps)
    body = max(voice / fps + max(spoken + after, narration.duration), opening + RHYTHM.shortest)
    end = format_.frames(RHYTHM.end if cards.end else RHYTHM.fade) if last else 0
    return Extent(voice=voice, frames=math.ceil(round(body * fps, 6)) + end, end_frames=end)


def shown_before(scene: Scene, cards: Cards, *, first: bool) -> float:
    """Seconds from the scene's cut in which cards are read and nothing is said."""
    title = RHYTHM.title if first and cards.title else 0.0
    return title + (RHYTHM.chapter if scene.chapter and cards.chapters else 0.0)


def wished(name: str, config: VideoConfig) -> str:
    """The transition that is named, or else the film's own; where all are chosen, one that suits everything."""
    return name or _PLAIN.get(config.transition, config.transition)


_PLAIN = {"auto": "crossfade"}


def half_gap(transition: int, format_: Format) -> float:
    """A scene's share, in seconds, of the silence between two scenes."""
    if not transition:
        return RHYTHM.gap / 2
    return max(RHYTHM.gap, format_.seconds(transition) + RHYTHM.clear) / 2
