"""How long a scene is and where its voice begins: local to the scene, so that no other scene can move it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from pydantic import Field

from philo_contracts.shapes import Scene, Value, VideoConfig, Word
from philo_render.film.chunk import Material
from philo_render.film.format import Format
from philo_render.film.rhythm import RHYTHM
from philo_render.film.writing import FULL_STOPS, PAUSES


class Heading(Value):
    """Words on a card, and a small line beside them: a chapter's name and number, a person and who that is."""

    text: str = Field(min_length=1)
    note: str = ""


class Narration(Value):
    """A scene that can be filmed: its voice has been heard and its picture drawn.

    `duration` is the voice's length in seconds, `words` are timed from the voice's start, `material` is what is
    filmed and `focus` the point of it that the camera favours. `entrance` and `exit` name the transitions into and out
    of the scene, as `choose` gives them for the whole film; what is not named is as `config.transition` says.
    `chapter` opens a chapter with a card before its first word, `strip` names a place or a person while it is spoken.
    """

    scene: Scene
    duration: float = Field(ge=0)
    words: tuple[Word, ...]
    material: Material
    focus: tuple[float, float] = (0.5, 0.5)
    entrance: str = ""
    exit: str = ""
    chapter: Heading | None = None
    strip: Heading | None = None


class Extent(Value):
    """A scene's frames, counted from its cut: `voice` begins, `frames` later the next cut (or the film's end)."""

    voice: int
    frames: int
    end_frames: int


def extent(narration: Narration, format_: Format, gaps: tuple[float, float], *, first: bool, last: bool) -> Extent:
    """Title, pause, voice, pause, end: in whole frames. `gaps` are its shares of the silence before it and after it."""
    fps = format_.fps
    opening = shown_before(narration, first=first)
    before = opening + (RHYTHM.lead if first else gaps[0])
    after = RHYTHM.last if last else gaps[1]
    heard = min((word.start for word in narration.words), default=0.0)
    spoken = max((word.end for word in narration.words), default=narration.duration)
    voice = math.ceil((before - min(heard, before - opening)) * fps)
    body = max(voice / fps + max(spoken + after, narration.duration), opening + RHYTHM.shortest)
    end = format_.frames(RHYTHM.end) if last else 0
    return Extent(voice=voice, frames=math.ceil(round(body * fps, 6)) + end, end_frames=end)


def shown_before(narration: Narration, *, first: bool) -> float:
    """Seconds from the scene's cut in which cards are read and nothing is said."""
    return (RHYTHM.title if first else 0.0) + (RHYTHM.chapter if narration.chapter else 0.0)


def wished(name: str, config: VideoConfig) -> str:
    """The transition that is named, or else the film's own; where all are chosen, one that suits everything."""
    return name or _PLAIN.get(config.transition, config.transition)


_PLAIN = {"auto": "crossfade"}


def half_gap(transition: int, format_: Format) -> float:
    """A scene's share, in seconds, of the silence between two scenes."""
    if not transition:
        return RHYTHM.gap / 2
    return max(RHYTHM.gap, format_.seconds(transition) + RHYTHM.clear) / 2


def framings(words: Sequence[Word], span: tuple[float, float]) -> list[float]:
    """Seconds at which a long scene is framed anew: the breath nearest the middle, and so on in both halves."""
    start, end = span
    if end - start <= RHYTHM.longest:
        return []
    breaths = [b for b in _breaths(words) if start + RHYTHM.shortest <= b[0] <= end - RHYTHM.shortest]
    if not breaths:
        return []
    middle = (start + end) / 2
    cut = min(breaths, key=lambda breath: abs(breath[0] - middle) - breath[1])[0]
    return [*framings(words, (start, cut)), cut, *framings(words, (cut, end))]


def _breaths(words: Sequence[Word]) -> list[tuple[float, float]]:
    """(Middle of the pause, how much it is preferred) after every word that ends with a sign; sentence ends first."""
    found = []
    for word, following in pairwise(words):
        sign = word.text[-1:]
        if sign and sign in FULL_STOPS | PAUSES:
            found.append(((word.end + following.start) / 2, 0.8 if sign in FULL_STOPS else 0.0))
    return found
