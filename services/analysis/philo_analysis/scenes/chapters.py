"""Headings as cards: a chapter's name, and the number, the place or the hour that stands small beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from philo_analysis.scenes.headlines import counted, heading_title, hour
from philo_analysis.scenes.passages import Passage
from philo_analysis.text.chapters import parted
from philo_contracts.shapes import Heading

FEW, SHORT = 4, 2
"""So many chapters may be as short as they like; of more, each has this many scenes on the whole, or they are strips."""
_LONGEST = 80
_JOINED = re.compile(r":\s+|[：]")


def headings(passages: Sequence[Passage]) -> tuple[Heading | None, ...]:
    """What opens with each scene, if anything does. Nobody speaks it."""
    return tuple(card_of(told.heading) if told.heading else None for told in passages)


def are_chapters(found: Sequence[Heading | None]) -> bool:
    """Whether the parts of a film are long enough, or few enough, for cards that stop it."""
    count = sum(one is not None for one in found)
    return count <= FEW or count * SHORT <= len(found)


def card_of(heading: str) -> Heading:
    """`Chapter 3: The Storm`: The Storm, Chapter 3; `INT. KITCHEN - NIGHT`: Kitchen, Night; `2. Roots`: Roots, 2."""
    numbers, name = _numbers(heading)
    note = " · ".join(filter(None, (*numbers, counted(name), hour(name))))
    text = heading_title(name)
    if not text or text == note:
        text, note = note or heading, ""
    return Heading(text=text[:_LONGEST].strip(), note=note[:_LONGEST].strip())


def _numbers(heading: str) -> tuple[list[str], str]:
    """The numbers of chapters that open a heading, outermost first, and what is left; the last one, if nothing is."""
    numbers: list[str] = []
    name = heading.strip()
    while found := parted(name):
        number, rest = found
        if not rest:
            break
        numbers.append(number)
        name = rest
    return numbers, name
