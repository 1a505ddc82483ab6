"""Passages: the words of one scene, and what the script tells about them besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from philo_analysis.text.chapters import parted
from philo_analysis.text.characters import join


@dataclass(frozen=True, slots=True)
class Unit:
    """The least that a scene can say: a sentence, a line of verse, or a clause of a long sentence.

    `cut` is the price of a cut before it. `heading` opens a part with it; `part` is the heading that it stands under.
    """

    text: str
    seconds: float
    cut: float
    heading: str = ""
    part: str = ""
    speakers: tuple[str, ...] = ()
    is_item: bool = False
    opens: bool = False
    """Whether a paragraph begins with it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What one scene says. `heading` is set in the first scene of a part, `part` in all of them."""

    narration: str
    heading: str = ""
    part: str = ""
    speakers: tuple[str, ...] = ()
    is_list: bool = False

    @property
    def depicted(self) -> str:
        """All words that tell what is to be seen: the part's heading, who speaks, and what is said."""
        return " ".join(filter(None, (_sentence(self.part), self.narration)))


def passage(units: Sequence[Unit]) -> Passage:
    """One scene of neighbouring units."""
    return Passage(
        narration=join([unit.text for unit in units]),
        heading=next((unit.heading for unit in units if unit.heading), ""),
        part=units[-1].part,
        speakers=tuple(dict.fromkeys(speaker for unit in units for speaker in unit.speakers)),
        is_list=sum(unit.is_item for unit in units) * 2 > len(units),
    )


def _sentence(heading: str) -> str:
    """What a heading tells of the picture; the number of a chapter tells nothing."""
    while chapter := parted(heading):
        heading = chapter[1]
    return f"{heading.lower() if heading.isupper() else heading}." if heading else ""
