"""Who, where and when, on a strip as it is first told: seldom, for what is named on the screen ought to matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from philo_analysis.lexicons import is_listed, words
from philo_analysis.scenes.cast import Cast
from philo_analysis.scenes.figures import Figure
from philo_contracts.shapes import Heading

APART = 4
"""Scenes from one strip to the next, at least."""
FEWEST = 3
"""In a shorter film nobody has to be told who is who."""
_OFTEN = 2
_LONGEST = 40
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
_DATE = re.compile(
    rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?,)?\s+{_YEAR})\b"
    rf"|(?<=\b[Ii]n\s){_YEAR}\b(?!\s+(?:people|men|women|miles|metres|meters|feet|years|days|of|other|more))"
    r"|(?<=\b[Ii]n\s)\d{1,4}\s(?:BC|BCE|AD|CE)\b"
)
_DATE_HAN = re.compile(
    r"(?<![了过共约近有\d])(?:公元前?)?(?:\d{3,4}|[一二三四五六七八九〇零]{4})年(?:\d{1,2}月(?:\d{1,2}日)?)?(?![前后来间多了])"
)
_PLACE = re.compile(
    r"\b(?:in|at|near)\s((?:the\s)?[A-Z][a-zà-ž]+(?:\s[A-Z][a-zà-ž]+)*)"
    r"(?=[,.;:!?]|$|\s(?:and|on|where|when|in|who|there|was|were|at|for|to|with|he|she|it|they|we|a|an|the)\b)"
)


def mentions(narrations: Sequence[str], cast: Cast, language: str, taken: Sequence[bool]) -> tuple[Heading | None, ...]:
    """A strip for some scenes, `APART` from one another: a named person on their first entrance, else when and where.

    Scenes that are `taken` have other words to show. People by their names, dates and places of English and Chinese
    texts; of other languages nothing is said.
    """
    found: list[Heading | None] = [None] * len(narrations)
    last, seen = -APART, set[int]()
    for place, narration in enumerate(narrations):
        fresh = [one for one in cast.present[place] if id(one) not in seen]
        seen.update(map(id, cast.present[place]))
        if taken[place] or len(narrations) < FEWEST or place - last < APART or not is_listed(language):
            continue
        strip = _person(fresh, narration) or _when_and_where(narration, language)
        if strip:
            found[place], last = strip, place
    return tuple(found)


def _person(fresh: Sequence[Figure], narration: str) -> Heading | None:
    """Whom the film returns to, by name; what they are stands below."""
    for one in fresh:
        if one.name and one.name in narration and (one.told >= _OFTEN or one.role):
            role = "" if one.role.casefold() in one.name.casefold() else one.role
            return Heading(text=one.name, note=role if len(role) <= _LONGEST else "")
    return None


def _when_and_where(narration: str, language: str) -> Heading | None:
    date = (_DATE_HAN if language.startswith("zh") else _DATE).search(narration)
    where = _where(narration)
    if date:
        return Heading(text=where or date.group(), note=date.group() if where else "")
    return Heading(text=where) if where and where.lower() in words("places") else None


def _where(narration: str) -> str:
    found = (one.group(1) for one in _PLACE.finditer(narration))
    return next((name for name in found if not re.match(_MONTH, name) and len(name) <= _LONGEST), "")
