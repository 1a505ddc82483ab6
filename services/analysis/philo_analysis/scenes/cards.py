"""The words that a film writes on cards: chapters where it has them, and strips."""

from __future__ import annotations

from collections.abc import Sequence

from philo_analysis.scenes.cast import Cast
from philo_analysis.scenes.chapters import are_chapters, headings
from philo_analysis.scenes.mentions import mentions
from philo_analysis.scenes.passages import Passage
from philo_contracts.shapes import Heading

Cards = tuple[Heading | None, Heading | None]
"""A scene's chapter and its strip."""


def cards(passages: Sequence[Passage], cast: Cast, language: str, title: str) -> tuple[Cards, ...]:
    """For every scene. What its heading says is on a card or on a strip, unless it is the film's title."""
    opened = [None if one and one.text.casefold() == title.casefold() else one for one in headings(passages)]
    if not are_chapters(opened):
        return tuple((None, heading) for heading in opened)
    taken = [heading is not None for heading in opened]
    named = mentions([told.narration for told in passages], cast, language, taken)
    return tuple(zip(opened, named, strict=True))
