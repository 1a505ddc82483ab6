"""Kinsoku once and for all: signs are bound to the words that they must not be parted from."""

from __future__ import annotations

from collections.abc import Iterable

from philo_contracts.shapes import Word
from philo_render.film.writing import CLOSERS, DASHES, NO_END, NO_START

_APART = DASHES | frozenset("!?;:«»…·%")
"""Signs that keep the space before them where the script has one: dashes, and French signs."""

_FIRM = frozenset(" \u00a0")


def bound(words: Iterable[Word], *, square: bool) -> list[Word]:
    """Closing signs join the word before them, opening signs the word after. `square`: Chinese, Japanese."""
    found: list[Word] = []
    opening: Word | None = None
    for word in words:
        whole = _joined(opening, word, _gap(opening.text[-1], square=square)) if opening else word
        own, opening = _opened(whole)
        if own is None:
            continue
        if square:
            own = _given_back(found, own)
        if found and _only(own.text, NO_START | DASHES):
            found.append(_joined(found.pop(), own, _gap(own.text[0], square=square)))
        else:
            found.append(own)
    if opening:
        found.append(_joined(found.pop(), opening, "") if found else opening)
    return found


def _opened(word: Word) -> tuple[Word | None, Word | None]:
    """The word, and the opening signs at its end, which belong to the next."""
    kept = word.text.rstrip("".join(NO_END | _FIRM))
    signs = word.text[len(kept) :].strip()
    if not signs:
        return word, None
    rest = Word(text=signs, start=word.end if kept else word.start, end=word.end)
    return (word.model_copy(update={"text": kept}) if kept else None), rest


def _given_back(found: list[Word], word: Word) -> Word:
    """In square writing a word may come with signs before it that close what was said: the word before gets them."""
    rest = word.text.lstrip("".join((NO_START | CLOSERS) - frozenset(".'\"")))
    signs = word.text[: len(word.text) - len(rest)]
    if not found or not rest or not signs:
        return word
    before = found.pop()
    found.append(before.model_copy(update={"text": before.text + signs}))
    return word.model_copy(update={"text": rest})


def _joined(before: Word, after: Word, gap: str) -> Word:
    start = after.start if _only(before.text, NO_END) else before.start
    return Word(text=before.text + gap + after.text, start=start, end=max(before.end, after.end))


def _gap(sign: str, *, square: bool) -> str:
    """A sign that came by itself had a space beside it; most signs should not have had one."""
    return "\u00a0" if sign in _APART and not square else ""


def _only(text: str, signs: frozenset[str]) -> bool:
    return all(c in signs for c in text)
