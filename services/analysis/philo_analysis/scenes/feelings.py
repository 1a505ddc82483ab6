"""What a text feels like: words vote for moods, weighed by their strength and by what stands before them."""

from __future__ import annotations

import re
from functools import cache

from philo_analysis.lexicons import rows
from philo_analysis.words import Hit, Lexicon
from philo_contracts.shapes import Mood

Votes = dict[Mood, float]

_STRENGTH = {"strong": 1.5, "": 1.0, "weak": 0.45}
_STRONGER, _WEAKER = 1.5, 0.6
_BEFORE = 24
_AGAIN = 0.5
"""What a mood's second word is worth beside its first, the third beside the second: one refrain is one feeling."""

_INSTEAD = {Mood.HAPPY: (Mood.SAD, 0.7), Mood.ROMANTIC: (Mood.SAD, 0.7), Mood.SAD: (Mood.HAPPY, 0.5)}
"""Whom joy denied is sad; who is not lonely any more is glad."""


def votes(text: str) -> Votes:
    """Votes for each mood, 0 and more; about 1 is one plain word of it."""
    found = dict.fromkeys(Mood, 0.0)
    said: dict[str, int] = {}
    for hit in _lexicon().find(text):
        worth = _AGAIN ** said.get(hit.word, 0) * _degree(text, hit)
        said[hit.word] = said.get(hit.word, 0) + 1
        denied = _is_denied(text, hit)
        for mood, strength in hit.value:
            if not denied:
                found[mood] += strength * worth
            elif mood in _INSTEAD:
                instead, share = _INSTEAD[mood]
                found[instead] += strength * worth * share
    return found


def _degree(text: str, hit: Hit[tuple[tuple[Mood, float], ...]]) -> float:
    before = text[max(0, hit.start - _BEFORE) : hit.start]
    if _ends_with("strengthens").search(before):
        return _STRONGER
    return _WEAKER if _ends_with("weakens").search(before) else 1.0


def _is_denied(text: str, hit: Hit[tuple[tuple[Mood, float], ...]]) -> bool:
    return bool(_ends_with("denies").search(text[max(0, hit.start - _BEFORE) : hit.start]))


@cache
def _ends_with(name: str) -> re.Pattern[str]:
    """Finds words of a row of `degrees.txt` at the end of a text; in English one word may stand between."""
    english = sorted((word for word in _listed(name) if word.isascii()), key=len, reverse=True)
    chinese = sorted((word for word in _listed(name) if not word.isascii()), key=len, reverse=True)
    latin = rf"\b(?:{'|'.join(map(re.escape, english))})\s+(?:(?:the|be|been|so|very|that|is|was|[a-z]+ly)\s+)?"
    return re.compile(rf"(?:{latin}|(?:{'|'.join(chinese)})(?:会|有|能|再|那么|地|了)?)$", re.IGNORECASE)


def _listed(name: str) -> frozenset[str]:
    return frozenset(
        word for (title,), *fields in rows("degrees") for field in fields if title == name for word in field
    )


@cache
def _lexicon() -> Lexicon[tuple[tuple[Mood, float], ...]]:
    entries: dict[str, tuple[tuple[Mood, float], ...]] = {}
    for (mood, *strength), english, chinese in rows("moods"):
        worth = _STRENGTH["".join(strength)]
        for word in (*english, *chinese):
            entries[word] = (*entries.get(word, ()), (Mood(mood), worth))
    return Lexicon(entries)
