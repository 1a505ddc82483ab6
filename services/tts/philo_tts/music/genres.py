"""Genres by whatever people call them."""

import re
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from philo_tts.music.rules.tables import GENRES

USUAL = "ambient"
NEAR_ENOUGH = 0.75


class NamedGenre(NamedTuple):
    """A genre that Philo plays; `warning` says in words when it is not quite what was wished for."""

    genre: str
    warning: str | None = None


def nearest_genre(wished: str) -> NamedGenre:
    """The genre itself, or by another word for it; else the nearest one, with a warning."""
    word = _plain(wished)
    genre = _words().get(word)
    if genre or not word:
        return NamedGenre(genre or USUAL)
    genre = _mentioned(word) or _alike(word) or USUAL
    known = ", ".join(GENRES)
    return NamedGenre(genre, f"Philo plays no {wished.strip()!r}; it plays {genre} instead. It knows {known}.")


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


@cache
def _words() -> dict[str, str]:
    """Every word for a genre."""
    return {_plain(word): genre for genre, rules in GENRES.items() for word in (genre, *rules.also)}


def _mentioned(text: str) -> str | None:
    """The genre whose longest word stands in the text: in 'dark ambient drone', ambient."""
    padded = f" {text} "
    found = [word for word in _words() if f" {word} " in padded or (not word.isascii() and word in text)]
    return _words()[max(found, key=len)] if found else None


def _alike(text: str) -> str | None:
    """The genre whose word is spelt almost like this."""
    found = get_close_matches(text, _words(), 1, NEAR_ENOUGH)
    return _words()[found[0]] if found else None
