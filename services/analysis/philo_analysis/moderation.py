"""Moderation by keyword rules: what may not be filmed is found before anything is paid for.

A rule holds when a sentence has a word of each of its groups, so that a murder mystery passes where a murder's
instructions do not. Words hide in many spellings: full width, leetspeak and letters set apart are undone first.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import prod
from typing import Literal

from philo_analysis.lexicons import Row, rows
from philo_analysis.spellings import spellings
from philo_analysis.text.characters import normalise
from philo_analysis.text.sentences import split
from philo_analysis.words import Lexicon, forms, tokens
from philo_contracts.shapes import Moderation

THRESHOLD = 0.7
LANGUAGES = ("en", "zh", "de", "es", "fr")
Verdict = Literal["approved", "rejected"]

_FAINT = 0.3
_MOST_FAINT = 0.4
_TOLD = 0.2
# Teaching history and preventing harm use the words of hate and self-harm; a recipe stays a recipe.
_NO_RULES = frozenset({"harmless", "eases"})
_EASED = frozenset({"hate", "self-harm"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds where each of `groups` has a word in one sentence."""

    category: str
    weight: float
    groups: tuple[Matcher, ...]


class Matcher:
    """Words of one group: Latin ones by their boundaries and inflections, Chinese ones as they are written."""

    def __init__(self, group: Iterable[str]) -> None:
        listed = tuple(group)
        self._latin = Lexicon({word: True for word in listed if word.isascii()})
        self._han = tuple(word for word in listed if not word.isascii())

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the group's words stand, as characters of `text`."""
        yield from ((hit.start, hit.end) for hit in self._latin.find(text))
        for word in self._han:
            yield from (found.span() for found in re.finditer(re.escape(word), text))

    def holds(self, text: str) -> bool:
        return any(word in text for word in self._han) or bool(self._latin.find(text))


@dataclass(frozen=True, slots=True)
class _Book:
    harmless: Matcher
    eases: Matcher
    rules: tuple[Rule, ...]
    first_words: frozenset[str]
    han: re.Pattern[str] | None

    def names_in(self, sentence: str) -> bool:
        """Whether a word of any rule may be in a sentence; most sentences of most texts have none."""
        if self.han and self.han.search(sentence):
            return True
        said = (token.low for token in tokens(sentence))
        return any(low in self.first_words or not self.first_words.isdisjoint(forms(low)) for low in said)


class KeywordModerator:
    """`moderate`, beside the event loop, for a long text takes a second."""

    async def judge(self, text: str, language: str) -> Moderation:
        return await asyncio.to_thread(moderate, text, language)


def moderate(text: str, language: str) -> Moderation:
    """Score 0 to 1 of how surely a text asks for what may not be made, and the categories it was found in.

    The rules of every language are held against every text, whatever `language` says: a wrong tag opens no door.
    """
    parts = dict.fromkeys(part for line in normalise(text).split("\n") for part in split(line))
    sentences = dict.fromkeys(form for part in parts for form in spellings(part))
    found: dict[tuple[str, float, int], tuple[str, float]] = {}
    for book in (_book(name) for name in dict.fromkeys([language, *LANGUAGES]) if name in LANGUAGES):
        for sentence in filter(book.names_in, sentences):
            for place, category, weight in _broken(book, sentence):
                found[category, weight, place] = (category, weight)
    return _weigh(list(found.values()))


def verdict(moderation: Moderation, threshold: float = THRESHOLD) -> Verdict:
    """`rejected` from the threshold on."""
    return "rejected" if moderation.score >= threshold else "approved"


def _weigh(found: list[tuple[str, float]]) -> Moderation:
    faint = min(_MOST_FAINT, sum(weight for _, weight in found if weight < _FAINT))
    clear = [weight for _, weight in found if weight >= _FAINT]
    score = max(faint, 1 - prod(1 - weight for weight in clear))
    total: dict[str, float] = {}
    for category, weight in found:
        total[category] = total.get(category, 0.0) + weight
    told = sorted((category for category in total if total[category] >= _TOLD), key=lambda name: -total[name])
    return Moderation(score=round(score, 4), categories=tuple(told))


def _broken(book: _Book, sentence: str) -> Iterator[tuple[int, str, float]]:
    for start, end in sorted(book.harmless.spans(sentence), reverse=True):
        sentence = sentence[:start] + " ; " + sentence[end:]
    eased = 0.5 if book.eases.holds(sentence) else 1.0
    for place, rule in enumerate(book.rules):
        if all(group.holds(sentence) for group in rule.groups):
            yield place, rule.category, rule.weight * (eased if rule.category in _EASED else 1.0)


@cache
def _book(language: str) -> _Book:
    listed = rows(f"moderation.{language}")
    named = {category: groups for (category,), _, *groups in listed}
    rules = (
        Rule(category, float(weight), tuple(Matcher(group) for group in groups))
        for (category,), (weight,), *groups in listed
        if category not in _NO_RULES
    )
    listed_words = {word for category, groups in _groups(listed) if category not in _NO_RULES for word in groups}
    return _Book(
        Matcher(named["harmless"][0]),
        Matcher(named["eases"][0]),
        tuple(rules),
        frozenset(word.split()[0] for word in listed_words if word.isascii()),
        _any_of([word for word in listed_words if not word.isascii()]),
    )


def _groups(listed: Iterable[Row]) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((category, group) for (category,), _, *groups in listed for group in groups)


def _any_of(han: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(re.escape, sorted(han)))) if han else None
