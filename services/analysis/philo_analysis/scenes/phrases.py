"""What a text shows: its concrete nouns with the words that paint them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from philo_analysis.lexicons import named, words
from philo_analysis.words import Hit, Lexicon, Token, tokens

_PAINTING_HAN = frozenset("老小大红白黑绿蓝金青新旧古")
_MOST_MODIFIERS = 3
_BEFORE_VERB = named("grammar.en", "before a verb")
_AFTER_VERB = named("grammar.en", "after a verb")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun as the text paints it. `head` is its plain form; `start` and `end` are characters of the text."""

    text: str
    head: str
    is_person: bool
    start: int
    end: int


@lru_cache(maxsize=1024)
def phrases(text: str) -> tuple[Phrase, ...]:
    """Noun phrases in order, longest ones, none twice over the same words."""
    found: list[Phrase] = []
    for phrase in _widened(text):
        if found and found[-1].end >= phrase.start and phrase.start <= found[-1].start:
            found.pop()
        found.append(phrase)
    return tuple(found)


def _widened(text: str) -> Iterator[Phrase]:
    latin = tokens(text)
    places = {token.start: place for place, token in enumerate(latin)}
    for hit in _nouns().find(text):
        if _is_inflected_verb(text, hit) or _is_verb(latin, places.get(hit.start, 0), hit):
            continue
        start = _start_latin(text, latin, places[hit.start], hit) if hit.word.isascii() else _start_han(text, hit)
        end = hit.end - 2 if text[hit.end - 2 : hit.end] in {"'s", "’s"} else hit.end
        yield Phrase(text[start:end], hit.word, hit.value, start, end)


def _is_verb(latin: tuple[Token, ...], place: int, hit: Hit[bool]) -> bool:
    """`he lights a lantern`: a word that may be either is a verb before an object or after who does it."""
    if hit.word not in words("verbs.en"):
        return False
    before = latin[place - 1].low if place else ""
    after = latin[place + 1].low if place + 1 < len(latin) else ""
    return after in _AFTER_VERB if before in {"", "and"} else before in _BEFORE_VERB or after in _AFTER_VERB


def _is_inflected_verb(text: str, hit: Hit[bool]) -> bool:
    """`waved`, `painting`: nouns have a plural, and no other ending."""
    said = text[hit.start : hit.end].lower()
    return said != hit.word and said.endswith(("ed", "ing"))


def _start_latin(text: str, latin: tuple[Token, ...], first: int, hit: Hit[bool]) -> int:
    start = hit.start
    for before in reversed(latin[max(0, first - _MOST_MODIFIERS) : first]):
        if text[before.end : start] != " " or not _paints(before.low):
            break
        start = before.start
    return start


def _paints(word: str) -> bool:
    return word in words("adjectives.en") or (word in _english_nouns() and word not in words("stop.en"))


def _start_han(text: str, hit: Hit[bool]) -> int:
    paints = hit.start > 0 and text[hit.start - 1] in _PAINTING_HAN and len(hit.word) <= 2
    return hit.start - 1 if paints else hit.start


@cache
def _english_nouns() -> frozenset[str]:
    return words("nouns.en") | words("people.en") | words("animals.en")


@cache
def animals() -> frozenset[str]:
    """Animals in all languages: things to be seen, and in a tale who it tells of."""
    return words("animals.en") | words("animals.zh")


@cache
def _nouns() -> Lexicon[bool]:
    things = dict.fromkeys([*words("nouns.en"), *words("nouns.zh"), *animals()], False)
    people = dict.fromkeys([*words("people.en"), *words("people.zh")], True)
    verbs = words("stop.en")
    return Lexicon({word: person for word, person in {**things, **people}.items() if word not in verbs})
