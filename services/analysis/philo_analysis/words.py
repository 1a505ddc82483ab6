"""Words of a text, and where words of a lexicon stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from philo_analysis.lexicons import words

V = TypeVar("V")
_TOKEN = re.compile(r"[^\W\d_\u3040-\u9fff\uac00-\ud7af]+(?:['’\-][^\W\d_\u3040-\u9fff\uac00-\ud7af]+)*")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_ENDINGS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
)  # fmt: skip
# `starred` comes of star, `stared` of stare.
_WOULD_DOUBLE = re.compile(r"[^aeiou]{1,2}[aeiou][^aeiouwxy]")
_IRREGULAR = {
    "mice": "mouse", "wolves": "wolf", "knives": "knife", "leaves": "leaf", "geese": "goose", "feet": "foot",
    "men": "man", "women": "woman", "children": "child", "wives": "wife", "thieves": "thief", "loaves": "loaf",
    "fishermen": "fisherman", "policemen": "policeman", "shelves": "shelf", "lives": "life", "sang": "sing",
    "slept": "sleep", "wept": "weep", "burnt": "burn", "swept": "sweep", "shone": "shine", "sailed": "sail",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A Latin word: as written, in plain lower case, and where."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit(Generic[V]):
    """An entry of a lexicon found in a text, at characters `start` to `end`."""

    word: str
    value: V
    start: int
    end: int


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[Token, ...]:
    """The Latin words of a text, in order."""
    return tuple(_token(found) for found in _TOKEN.finditer(text))


def _token(found: re.Match[str]) -> Token:
    return Token(found.group(), found.group().lower().replace("’", "'"), found.start(), found.end())


@lru_cache(maxsize=20_000)
def forms(word: str) -> tuple[str, ...]:
    """A lower-case English word and the plain words it may be an inflection of, likeliest first."""
    bases = [word, _IRREGULAR.get(word, "")]
    word = word.removesuffix("'s")
    for ending, instead in _ENDINGS:
        if ending == "es" and not word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
            continue
        if word.endswith(ending) and len(word) - len(ending) > 2 and not word.endswith("ss"):
            base = word.removesuffix(ending) + instead
            if ending in {"ed", "ing"} and _WOULD_DOUBLE.fullmatch(base):
                continue
            bases += [base, base[:-1]] if len(base) > 3 and base[-1] == base[-2] and not instead else [base]
    return tuple(dict.fromkeys(filter(None, [*bases, word])))


class Lexicon(Generic[V]):
    """Words and phrases, each with a value; finds them in English (inflected) and Chinese (longest first)."""

    def __init__(self, entries: Mapping[str, V]) -> None:
        self._latin: dict[str, V] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        self._han = {key: value for key, value in entries.items() if not key.isascii()}
        self._han_sizes = _sizes_by_first([*self._han, *words("compounds.zh")]) if self._han else {}
        for key, value in entries.items():
            self._add(key, value)

    def find(self, text: str) -> tuple[Hit[V], ...]:
        """Hits in order of their place; of overlapping ones the longest."""
        return tuple(sorted([*self._find_latin(text), *self._find_han(text)], key=lambda hit: hit.start))

    def _add(self, key: str, value: V) -> None:
        first, *rest = key.split()
        if rest and key.isascii():
            self._phrases.setdefault(first, []).append(((first, *rest), value))
            self._phrases[first].sort(key=lambda entry: -len(entry[0]))
        elif key.isascii():
            self._latin[key] = value

    def _find_latin(self, text: str) -> Iterator[Hit[V]]:
        if not self._latin and not self._phrases:
            return
        found, index = tokens(text), 0
        while index < len(found):
            hit = self._phrase_at(found, index) or self._word_at(found[index])
            if hit:
                key, value, size = hit
                yield Hit(key, value, found[index].start, found[index + size - 1].end)
            index += hit[2] if hit else 1

    def _phrase_at(self, found: tuple[Token, ...], index: int) -> tuple[str, V, int] | None:
        for phrase, value in self._phrases.get(found[index].low, ()):
            said = found[index : index + len(phrase)]
            heads = tuple(token.low for token in said[:-1])
            if len(said) == len(phrase) and heads == phrase[:-1] and phrase[-1] in forms(said[-1].low):
                return " ".join(phrase), value, len(phrase)
        return None

    def _word_at(self, token: Token) -> tuple[str, V, int] | None:
        for form in forms(token.low):
            if form in self._latin:
                return form, self._latin[form], 1
        return None

    def _find_han(self, text: str) -> Iterator[Hit[V]]:
        if not self._han:
            return
        for run in _HAN_RUN.finditer(text):
            index, end = run.span()
            while index < end:
                size = self._han_size(text, index, end) if text[index] in self._han_sizes else 1
                if (value := self._han.get(word := text[index : index + size])) is not None:
                    yield Hit(word, value, index, index + size)
                index += size

    def _han_size(self, text: str, index: int, end: int) -> int:
        """Characters of the longest listed word at `index`, a compound that means something else among them; else 1."""
        compounds = words("compounds.zh")
        for size in self._han_sizes[text[index]]:
            word = text[index : index + size]
            if index + size <= end and (word in self._han or word in compounds):
                return size
        return 1


def _sizes_by_first(listed: list[str]) -> dict[str, tuple[int, ...]]:
    """For each character that opens a word, how long its words are, longest first."""
    sizes: dict[str, set[int]] = {}
    for word in listed:
        sizes.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}
